namespace AtlasActors.Atlas;

/// <summary>Whose addresses may see the key: the base URL's own scheme, host and port.</summary>
internal static class ApiOrigin
{
    /// <summary>
    /// Whether the address lies on the same scheme, host and port as the base URL, and carries no credentials.
    /// </summary>
    public static bool Covers(Uri baseUrl, Uri address) =>
        address.IsAbsoluteUri
        && address.UserInfo.Length == 0
        && string.Equals(address.Scheme, baseUrl.Scheme, StringComparison.OrdinalIgnoreCase)
        // Not IdnHost, which throws at names that no network knows.
        && string.Equals(address.Host, baseUrl.Host, StringComparison.OrdinalIgnoreCase)
        && address.Port == baseUrl.Port;
}
