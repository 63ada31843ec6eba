using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What the command line of <c>serve</c> says.</summary>
/// <param name="Folder">The service's folder, as it was written.</param>
/// <param name="ConfigFile">The file of HOCON; null where no flag names one.</param>
/// <param name="SimulatedSpeed">The built-in simulator's speed; null for a real API.</param>
/// <param name="Given">The keys of <c>atlas-service</c> that flags gave.</param>
internal sealed record ServeFlags(
    string Folder, string? ConfigFile, double? SimulatedSpeed, IReadOnlyList<GivenValue> Given);
