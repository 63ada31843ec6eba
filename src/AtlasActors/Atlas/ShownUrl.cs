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
        var isSigned = IsSigned(uri.Query);
        if (uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && !isSigned) return url;
        return new UriBuilder(uri)
        {
            UserName = "", Password = "", Fragment = "", Query = isSigned ? "" : uri.Query,
        }.Uri.AbsoluteUri;
    }

    private static bool IsSigned(ReadOnlySpan<char> query)
    {
        if (query.Length <= 1) return false;
        query = query[1..];
        foreach (var range in query.SplitAny('&', ';', '?'))
        {
            var pair = query[range];
            var end = pair.IndexOf('=');
            if (IsSecret(end < 0 ? pair : pair[..end])) return true;
        }
        return false;
    }

    private static bool IsSecret(ReadOnlySpan<char> name)
    {
        if (name.Contains('%')) name = Uri.UnescapeDataString(name);
        foreach (var secret in Secrets)
            if (name.Contains(secret, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
