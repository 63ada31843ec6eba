namespace AtlasActors.Host.Settings;

/// <summary>The API that batches are sent to.</summary>
internal static class Endpoint
{
    /// <summary>The variable that names another address than Atlas's own.</summary>
    public const string Variable = "ATLASCLOUD_BASE_URL";

    /// <summary>What batches of the built-in simulator remember as their API.</summary>
    public const string Simulator = "simulator";

    private const string Atlas = "https://api.atlascloud.ai/api/v1";

    /// <summary>The address; a <see cref="CommandException"/> where the variable holds none.</summary>
    public static Uri Find(Variables variables)
    {
        var text = variables.Find(Variable) ?? Atlas;
        return Uri.TryCreate(text, UriKind.Absolute, out var url)
               && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw new CommandException(
                ExitCode.BadUsage, $"{Variable} is '{text}', and must be an address such as {Atlas}.");
    }

    /// <summary>What a batch remembers of an address, the same however its end is written.</summary>
    public static string NameOf(Uri url) => url
        .GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        .TrimEnd('/');
}
