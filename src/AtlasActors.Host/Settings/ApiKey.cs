namespace AtlasActors.Host.Settings;

/// <summary>Where the API key comes from. It is never written anywhere.</summary>
internal static class ApiKey
{
    /// <summary>
    /// The variables that may hold it, the first that is set wins; all three are in use among Atlas's clients.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = ["ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY"];

    /// <summary>
    /// The key; a <see cref="CommandException"/> where there is none, or none that a header can carry.
    /// </summary>
    public static string Require(Variables variables)
    {
        var key = variables.FindFirst(Names) ?? throw new CommandException(
            ExitCode.BadUsage,
            $"No API key: set {Names[0]} in the environment or in .env ({Names[1]} and {Names[2]} are read too), "
            + "or try it without one by --simulate.");
        return key.All(c => c is > ' ' and < (char)127)
            ? key
            : throw new CommandException(
                ExitCode.BadUsage, $"The API key in {Names.First(name => variables.Find(name) is not null)} has spaces "
                + "or other characters that no key has: copy it again.");
    }
}
