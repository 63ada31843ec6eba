using System.Net;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What <c>--listen</c> says: an address of this machine that no other machine reaches.</summary>
internal static class ListenAddress
{
    public const string Usual = "http://127.0.0.1:8080";

    /// <summary>The address and port; a <see cref="CommandException"/> where the text is none, or is open to others.</summary>
    public static IPEndPoint Of(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp
            || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            throw Refusal($"--listen is '{text}', and must be an address such as {Usual}.");
        if (!url.IsLoopback)
            throw Refusal(
                $"--listen is '{text}', and only addresses of this machine alone are listened on, such as {Usual}: "
                + "whoever reaches the service can spend the account's money, for it has no keys for callers yet. "
                + "To let Atlas Cloud call back, have a reverse proxy forward /hooks/, and nothing else, to it.");
        var address = IPAddress.TryParse(url.IdnHost, out var ip) ? ip : IPAddress.Loopback;
        return new IPEndPoint(address, url.Port);
    }

    private static CommandException Refusal(string sentence) => new(ExitCode.BadUsage, sentence);
}
