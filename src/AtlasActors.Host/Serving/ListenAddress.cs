using System.Net;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What <c>listen</c> says.</summary>
internal static class ListenAddress
{
    private const string Example = "http://127.0.0.1:8080";

    /// <summary>Where the service listens when nobody says otherwise.</summary>
    public static IPEndPoint Usual { get; } = new(IPAddress.Loopback, 8080);

    /// <summary>The address and port; null, with a fault, where the text is none.</summary>
    public static IPEndPoint? Read(SectionReader section, string key)
    {
        if (section.Text(key) is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp
            || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            section.Fault(key, $"is '{text}', and must be an address such as {Example}; TLS is a reverse proxy's business.");
        else if (IPAddress.TryParse(url.IdnHost, out var ip))
            return new IPEndPoint(ip, url.Port);
        else if (url.IsLoopback)
            return new IPEndPoint(IPAddress.Loopback, url.Port);
        else
            section.Fault(key, $"is '{text}', and must name an address of this machine, such as http://0.0.0.0:8080 for all.");
        return null;
    }

    /// <summary>What is wrong with being reached from elsewhere while there is no key, to go on after the name of who said it.</summary>
    public static string? KeysFault(IPEndPoint listen, int keys, string folder) => keys > 0 || IPAddress.IsLoopback(listen.Address)
        ? null
        : $"is 'http://{listen}', and {folder} has no keys for callers: whoever reaches the service could spend "
            + "the account's money. "
            + $"Make one by 'atlas-actors keys add NAME --role submit --dir {ShellWord.Of(folder)}', or listen on {Example}. "
            + "To let Atlas Cloud call back, have a reverse proxy forward /hooks/, and nothing else, to it.";
}
