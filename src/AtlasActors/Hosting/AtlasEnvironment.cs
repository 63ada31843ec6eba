namespace AtlasActors.Hosting;

/// <summary>The variables of the environment that stand in for what neither code nor HOCON say.</summary>
internal static class AtlasEnvironment
{
    /// <summary>Names another address than Atlas's own.</summary>
    public const string AddressVariable = "ATLASCLOUD_BASE_URL";

    public const string DefaultAddress = "https://api.atlascloud.ai/api/v1";

    /// <summary>May hold the key, the first that is set wins; all three are in use among Atlas's clients.</summary>
    public static IReadOnlyList<string> KeyVariables { get; } =
        ["ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY"];

    /// <summary>What to do about a key that is nowhere.</summary>
    public static string KeyAdvice =>
        $"{KeyVariables[0]} in the environment ({KeyVariables[1]} and {KeyVariables[2]} are read too)";

    public static string? Key(Func<string, string?> environment) =>
        KeyVariables.Select(name => environment(name)?.Trim()).FirstOrDefault(value => value is { Length: > 0 });

    public static string? Address(Func<string, string?> environment) =>
        environment(AddressVariable)?.Trim() is { Length: > 0 } address ? address : null;

    /// <summary>An address that requests can be sent to, or null.</summary>
    public static Uri? AsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && IsAddress(url) ? url : null;

    public static bool IsAddress(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    /// <summary>Whether a header can carry it.</summary>
    public static bool IsKey(string key) => key.Length > 0 && key.All(letter => letter is > ' ' and <= '~');
}
