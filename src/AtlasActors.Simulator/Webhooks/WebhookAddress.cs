using System.Net;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>
/// Which addresses Atlas calls: https, on a host that the public can reach, of at most 1024 characters.
/// </summary>
internal static class WebhookAddress
{
    private const int MostCharacters = 1024;

    private static readonly IPNetwork[] PrivateNetworks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/127"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    private static readonly string[] PrivateNames = [".localhost", ".local", ".internal"];

    /// <summary>By what is written: names are not resolved.</summary>
    public static bool IsGood(string? text, bool allowPrivate)
    {
        if (text is null || text.Length > MostCharacters || !Uri.TryCreate(text, UriKind.Absolute, out var address))
            return false;
        if (address.Scheme != Uri.UriSchemeHttps && !(allowPrivate && address.Scheme == Uri.UriSchemeHttp))
            return false;
        return allowPrivate || IsPublic(address);
    }

    private static bool IsPublic(Uri address)
    {
        if (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip))
        {
            var plain = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
            return !PrivateNetworks.Any(network =>
                network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
        }

        // A name without a dot is known in one network only.
        var name = address.IdnHost.TrimEnd('.');
        return name.Contains('.', StringComparison.Ordinal)
            && !PrivateNames.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
