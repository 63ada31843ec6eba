namespace AtlasActors.Host.Serving.Records;

/// <summary>A finished batch of which something was kept for long enough.</summary>
internal sealed record DueBatch
{
    public long Place { get; init; }

    public string Id { get; init; } = "";

    /// <summary>When it was taken on, in UTC ticks.</summary>
    public long Created { get; init; }

    public bool AreOutputsDue { get; init; }

    public bool AreEventsDue { get; init; }
}

/// <summary>
/// Up to which of its events something was done to a batch; null where nothing was said. What comes after has it done
/// again.
/// </summary>
/// <param name="Outputs">Up to which what it made is removed.</param>
/// <param name="Events">Up to which its journal is compacted.</param>
internal readonly record struct KeptTo(long? Outputs = null, long? Events = null);
