namespace AtlasActors.Atlas;

/// <summary>Addresses as they may be shown and kept: a signature in an address is as good as a key.</summary>
internal static class ShownUrl
{
    // Parts of the names that storages and networks of delivery give to what signs: AWS, Azure, Google, Alibaba, Tencent,
    // Cloudflare, Wangsu and others.
    private static readonly string[] Secrets =
    [
        "signature", "sig", "token", "credential", "accesskey", "key", "policy", "expires", "x-amz", "x-oss", "x-goog", "auth",
        "secret", "hmac", "jwt", "hash", "verify", "password", "q-ak", "q-sign", "md5", "session",
    ];

    /// <summary>The address without user, fragment and, where it is signed, query; inline bytes become <c>data:</c>, and what is none of the web nothing.</summary>
    public static string Of(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return "data:";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !OutputFetch.IsWeb(uri)) return "";
        if (uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && !IsSigned(uri.Query)) return url;
        return new UriBuilder(uri)
        {
            UserName = "", Password = "", Fragment = "", Query = IsSigned(uri.Query) ? "" : uri.Query,
        }.Uri.AbsoluteUri;
    }

    private static bool IsSigned(string query) => query.Length > 1 && query[1..].Split('&', ';', '?').Any(pair =>
    {
        var name = Uri.UnescapeDataString(pair.Split('=', 2)[0]);
        return Array.Exists(Secrets, secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));
    });
}
