namespace AtlasActors.Host.Serving;

/// <summary>A bucket: so many at once, and so many more a second.</summary>
internal sealed record Rate(double PerSecond)
{
    /// <summary>Twice as many as come in a second, and one at the least.</summary>
    public int Burst => (int)Math.Max(1, Math.Ceiling(2 * PerSecond));
}

/// <summary>How much is taken from callers.</summary>
internal sealed record ServiceLimits
{
    public static ServiceLimits Usual { get; } = new();

    /// <summary>Requests of one caller.</summary>
    public Rate Requests { get; init; } = new(50);

    /// <summary>
    /// Batch files of one caller, to be worked on, tried or estimated: each has to be read as a whole.
    /// </summary>
    public Rate Submissions { get; init; } = new(10);

    /// <summary>Wrong keys from one address.</summary>
    public int WrongKeysPerMinute { get; init; } = 20;

    /// <summary>Jobs of one batch: what one process holds.</summary>
    public int JobsPerBatch { get; init; } = 100_000;

    /// <summary>The batch file: as much as one on disk may have.</summary>
    public int BatchFileBytes { get; init; } = 64 << 20;

    /// <summary>A file that is sent along: as much as Atlas's own clients upload.</summary>
    public long SentFileBytes { get; init; } = 200 << 20;

    /// <summary>A form with all its files.</summary>
    public long FormBytes { get; init; } = 1L << 30;

    /// <summary>The parts of a form.</summary>
    public int FormParts { get; init; } = 1000;

    /// <summary>Every other body.</summary>
    public int DocumentBytes { get; init; } = 1 << 20;
}
