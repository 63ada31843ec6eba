using System.Net;
using System.Net.Sockets;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>
/// The address under which Atlas reaches this host. Atlas refuses, before anything is made, a submission that names one
/// it can't reach, so this is said before anything is sent.
/// </summary>
public static class PublicAddress
{
    /// <summary>The longest <c>webhook_url</c> that Atlas takes.</summary>
    private const int LongestWebhook = 1024;

    /// <summary>The path's own words, a batch's id, two numbers, a token and the strokes between them.</summary>
    private static readonly int LongestPath = WebhookAddresses.Path.Length + 64 + 10 + 10 + WebhookToken.Length + 3;

    /// <summary>The address without a stroke at its end.</summary>
    internal static string Root(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>What is wrong with an address, to go on after its name; null where it is in order.</summary>
    /// <param name="address">The address.</param>
    /// <param name="api">The API that is to call it. One on this machine, a simulator, may call this machine.</param>
    public static string? Fault(Uri address, Uri api)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(api);
        var isSimulator = api is { IsAbsoluteUri: true, IsLoopback: true };
        if (!address.IsAbsoluteUri
            || !(address.Scheme == Uri.UriSchemeHttps || (isSimulator && address.Scheme == Uri.UriSchemeHttp)))
            return $"is '{Shown(address)}': Atlas Cloud calls back by https only; "
                + "give an address such as https://media.example.org.";
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return "has more than a host and a path: leave out user, query and fragment.";
        if (Root(address).Length + LongestPath > LongestWebhook)
            return FormattableString.Invariant(
                $"is too long: with what follows it Atlas Cloud takes {LongestWebhook} characters, ")
                + FormattableString.Invariant($"which leaves {LongestWebhook - LongestPath}.");
        return !isSimulator && IsPrivate(address)
            ? $"is '{Shown(address)}', which is not to be reached from the internet: Atlas Cloud would refuse every job."
            : null;
    }

    private static string Shown(Uri address) => address.IsAbsoluteUri
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : address.ToString();

    private static bool IsPrivate(Uri address) => IPAddress.TryParse(address.IdnHost, out var ip)
        ? IsPrivate(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip)
        : address.IsLoopback || !address.IdnHost.TrimEnd('.').Contains('.', StringComparison.Ordinal)
            || IsOf(address, "localhost") || IsOf(address, "local") || IsOf(address, "internal");

    private static bool IsOf(Uri address, string domain) =>
        address.IdnHost.TrimEnd('.').EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static bool IsPrivate(IPAddress ip)
    {
        if (ip.AddressFamily == AddressFamily.InterNetworkV6)
            return IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.IPv6Any)
                || ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal || ip.IsIPv6SiteLocal;
        var bytes = ip.GetAddressBytes();
        return bytes is [0 or 10 or 127, ..] or [169, 254, ..] or [192, 168, ..] or [172, >= 16 and <= 31, ..]
            or [100, >= 64 and <= 127, ..];
    }
}
