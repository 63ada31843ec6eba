using System.Collections.ObjectModel;
using AtlasActors.Costs;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>What becomes of a firing while the batch of an earlier one has not ended.</summary>
internal enum OverlapPolicy
{
    /// <summary>It is noted, and left out.</summary>
    Skip,

    /// <summary>It starts when those before it have ended.</summary>
    Queue,

    /// <summary>It starts.</summary>
    Allow,
}

/// <summary>What becomes of firings whose time passed while nobody was there to see to them.</summary>
internal enum MisfirePolicy
{
    /// <summary>One stands in for all of them, however many they are.</summary>
    Once,

    /// <summary>They are left out, which is noted.</summary>
    Skip,

    /// <summary>Each fires.</summary>
    All,
}

/// <summary>A schedule as the configuration has it.</summary>
/// <param name="Name">Its name: lower-case letters, digits and hyphens, and the label <c>schedule</c> of its batches.</param>
/// <param name="Times">When it fires.</param>
/// <param name="File">The batch file as it was written.</param>
/// <param name="Path">The batch file's full path.</param>
internal sealed record ScheduleSettings(string Name, CronTimes Times, string File, string Path)
{
    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Skip;

    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.Once;

    /// <summary>The most that may be spent on one of its batches; null for what the file says.</summary>
    public Usd? MaxCost { get; init; }

    /// <summary>Labels of its batches, over those of the file.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whom the service tells of its batches, in place of whom the file names; null for that one.</summary>
    public string? Webhook { get; init; }

    /// <summary>It does not fire by itself.</summary>
    public bool IsPaused { get; init; }
}
