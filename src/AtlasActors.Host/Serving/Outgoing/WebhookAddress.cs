using AtlasActors.Atlas;

namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Addresses that somebody wants to be told at. Pure.</summary>
internal static class WebhookAddress
{
    /// <summary>What is wrong with one, to go on after its name; null where nothing is seen before it is called.</summary>
    public static string? Fault(string text, bool arePrivateAllowed)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            return "wants an address such as https://example.org/hooks.";
        if (arePrivateAllowed)
            return null;
        if (GuardedHttp.IsPrivate(url))
            return $"leads into a private network ({url.IdnHost}), and nothing is sent there unless "
                + "ATLAS_ALLOW_PRIVATE_ADDRESSES says so.";
        return url.Scheme == "https"
            ? null
            : "is http, by which everybody on the way can read what is sent: give an https address.";
    }

    /// <summary>For lists and logs: what stands before the host or after the path is more often than not a secret.</summary>
    public static string Shown(string text) => new Uri(text).GetComponents(
        UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Those with the same are told one after the other.</summary>
    public static string HostOf(string text) =>
        new Uri(text).GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);
}
