using System.Net;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What <c>--listen</c> says.</summary>
internal static class ListenAddress
{
    public const string Usual = "http://127.0.0.1:8080";

    /// <summary>The address and port; a <see cref="CommandException"/> where the text is none.</summary>
    public static IPEndPoint Of(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp
            || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            throw Refusal($"--listen is '{text}', and must be an address such as {Usual}; TLS is a reverse proxy's business.");
        if (IPAddress.TryParse(url.IdnHost, out var ip))
            return new IPEndPoint(ip, url.Port);
        return url.IsLoopback
            ? new IPEndPoint(IPAddress.Loopback, url.Port)
            : throw Refusal(
                $"--listen is '{text}', and must name an address of this machine, such as http://0.0.0.0:8080 for all.");
    }

    /// <summary>Refuses to be reached from elsewhere while there is no key.</summary>
    public static void RequireKeys(IPEndPoint listen, int keys, string folder)
    {
        if (keys == 0 && !IPAddress.IsLoopback(listen.Address))
            throw Refusal(
                $"--listen is 'http://{listen}', and {folder} has no keys for callers: whoever reaches the service could spend "
                + "the account's money. "
                + $"Make one by 'atlas-actors keys add NAME --role submit --dir {ShellWord.Of(folder)}', or listen on {Usual}. "
                + "To let Atlas Cloud call back, have a reverse proxy forward /hooks/, and nothing else, to it.");
    }

    private static CommandException Refusal(string sentence) => new(ExitCode.BadUsage, sentence);
}
