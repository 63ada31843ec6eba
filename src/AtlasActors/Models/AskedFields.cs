namespace AtlasActors.Models;

/// <summary>What a job says in the batch file's common words; null of what it does not say.</summary>
internal sealed record AskedFields
{
    /// <summary>The duration that leaves it to the model.</summary>
    public const decimal Auto = -1;

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    /// <summary>Seconds, or <see cref="Auto"/>.</summary>
    public decimal? Duration { get; init; }

    public string? Resolution { get; init; }

    public string? Image { get; init; }

    public string? LastImage { get; init; }

    public IReadOnlyList<string>? Images { get; init; }

    public long? Seed { get; init; }

    public string? NegativePrompt { get; init; }

    public bool? Audio { get; init; }

    public string? AudioUrl { get; init; }

    /// <summary>The names under <c>params</c>: what they say is sent instead.</summary>
    public IReadOnlyCollection<string> Params { get; init; } = [];
}
