using System.Net;
using System.Net.Sockets;

namespace AtlasActors.Atlas;

/// <summary>Whether an address is one of the internet. Pure.</summary>
internal static class NetworkAddress
{
    // RFC 6890 and its successors: this host, private, shared by carriers, loopback, link-local, protocol assignments,
    // documentation, benchmarks, multicast and reserved.
    private static readonly IPNetwork[] NotOfTheInternet =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Addresses of the second kind that hold one of the first: compatible, NAT64, 6to4.
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>Whether everybody can reach it: not private, loopback, link-local, shared, multicast or reserved.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (Array.Exists(NotOfTheInternet, network => network.Contains(plain)))
            return false;
        return plain.AddressFamily != AddressFamily.InterNetworkV6 || Inner(plain) is not { } inner || IsPublic(inner);
    }

    private static IPAddress? Inner(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (Compatible.Contains(address) || Translated.Contains(address))
            return new IPAddress(bytes.AsSpan(12, 4));
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4)) : null;
    }
}
