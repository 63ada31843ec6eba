using Akka.Configuration;
using AtlasActors.Host.Serving.Scheduling;

namespace AtlasActors.Host.Settings;

/// <summary>What the configuration file says of the service itself, in its section <c>atlas-service</c>.</summary>
internal sealed record ServiceSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "atlas-service";

    /// <summary>Batches that begin by themselves.</summary>
    public IReadOnlyList<ScheduleSettings> Schedules { get; init; } = [];

    /// <summary>Reads them from the file's text, null where there is no file; adds what is wrong to <paramref name="faults"/>.</summary>
    /// <param name="hocon">The file's text.</param>
    /// <param name="faults">Where what is wrong is gathered.</param>
    /// <param name="folder">Where the files lie that it names, the working directory where null.</param>
    /// <param name="arePrivateAllowed">Whether webhooks may go to private addresses.</param>
    public static ServiceSettings Read(
        string? hocon, List<string> faults, string? folder = null, bool arePrivateAllowed = false)
    {
        var section = SectionReader.Of(ConfigurationFactory.ParseString(hocon ?? ""), Section, faults);
        section.KnowOnly(ScheduleReader.Key);
        return new ServiceSettings
        {
            Schedules = new ScheduleReader(folder ?? Directory.GetCurrentDirectory(), arePrivateAllowed).Read(section),
        };
    }
}
