using AtlasActors.Host.Settings;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Serving;

/// <summary>What is in force, for people: each key with where it comes from, and no secret.</summary>
internal static class InForceText
{
    public static string Of(ServiceConfiguration configuration)
    {
        var (options, faults) = (configuration.Options, new List<string>());
        var usual = AtlasHocon.Read(
            (options with { Hocon = null }).ForAtlas(ServiceConfiguration.SomeSimulator, publicUrl: null), faults).Keys;
        var library = configuration.Library.Keys.Where(key => usual.GetValueOrDefault(key.Key) != key.Value).ToList();
        return string.Join(Environment.NewLine,
        [
            $"The configuration is in order. Batches in {options.Folder.Shown}, made by {EndpointText(options)}.",
            "",
            $"{ServiceSettings.Section} {{",
            .. options.Settings.Keys.Select(key => $"  {key.Key} = {Shown(key.Text)}  # {key.Origin}"),
            "}",
            "atlas-actors {  # what is not as in hocon/reference.conf",
            .. library.Select(key => $"  {key.Key} = {Shown(key.Value)}"),
            "}",
        ]);
    }

    private static string EndpointText(ServeOptions options) => Running.EndpointText.Of(options.Api.EndpointName);

    private static string Shown(string text) => text.Length == 0
        ? "\"\""
        : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
