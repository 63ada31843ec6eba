using System.Diagnostics.Metrics;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;

namespace AtlasActors.Host.Serving.Telemetry;

/// <summary>What the service measures of itself, beside what the library measures.</summary>
internal static class ServiceMeters
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "AtlasActors.Service";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Firings = Meter.CreateCounter<long>(
        "atlas_actors.schedule.firings", "{firing}", "Firings of schedules, by schedule and by what became of them.");

    /// <summary>A firing came to an end: started, skipped, missed or failed.</summary>
    public static void CountFiring(string schedule, FiringState state) => Firings.Add(
        1, new KeyValuePair<string, object?>("schedule", schedule), new KeyValuePair<string, object?>("state", Words.Of(state)));
}
