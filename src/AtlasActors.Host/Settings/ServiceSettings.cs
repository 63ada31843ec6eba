using Akka.Configuration;
using AtlasActors.Host.Serving.Retention;

namespace AtlasActors.Host.Settings;

/// <summary>What the configuration file says of the service itself, in its section <c>atlas-service</c>.</summary>
internal sealed record ServiceSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "atlas-service";

    /// <summary>How long the service keeps what it could do without.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Reads them from the file's text, null where there is no file; adds what is wrong to <paramref name="faults"/>.</summary>
    public static ServiceSettings Read(string? hocon, List<string> faults)
    {
        var section = SectionReader.Of(ConfigurationFactory.ParseString(hocon ?? ""), Section, faults);
        section.KnowOnly(RetentionSettings.Section);
        return new ServiceSettings
        {
            Retention = RetentionSettings.Read(section.Section(RetentionSettings.Section)),
        };
    }
}
