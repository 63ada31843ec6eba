namespace AtlasActors.Simulator;

/// <summary>How the answer to a poll says that a generation failed.</summary>
public enum FailureTransport
{
    /// <summary>HTTP 200 with the status <c>failed</c>, as documented.</summary>
    Ok,

    /// <summary>HTTP 500 with a full body, as observed on the live service.</summary>
    InternalServerError,
}

/// <summary>
/// Trouble to order. Rates are shares from 0 to 1, decided by the seed. A prompt may ask for trouble as well:
/// <c>[fail]</c> always fails, <c>[fail:2]</c> fails the first two attempts of that prompt, <c>[moderation]</c> is
/// refused by moderation, <c>[empty]</c> completes without outputs, <c>[slow]</c> takes twenty times as long.
/// </summary>
public sealed record FaultOptions
{
    /// <summary>The share of submissions answered with 429 and not accepted.</summary>
    public double SubmitRefusedRate { get; init; }

    /// <summary>The share of submissions that are accepted, and whose connection breaks before the answer.</summary>
    public double SubmitLostRate { get; init; }

    /// <summary>The share of polls answered with a gateway's 503 page.</summary>
    public double Poll503Rate { get; init; }

    /// <summary>The share of generations that fail.</summary>
    public double FailedGenerationRate { get; init; }

    /// <summary>How a failed generation is told.</summary>
    public FailureTransport FailureTransport { get; init; }

    /// <summary>The share of downloads that break off half way.</summary>
    public double DownloadCutRate { get; init; }

    /// <summary>Whether the first download of each output breaks off half way.</summary>
    public bool CutFirstDownloads { get; init; }

    internal IEnumerable<(string Name, double Rate)> Rates =>
    [
        (nameof(SubmitRefusedRate), SubmitRefusedRate),
        (nameof(SubmitLostRate), SubmitLostRate),
        (nameof(Poll503Rate), Poll503Rate),
        (nameof(FailedGenerationRate), FailedGenerationRate),
        (nameof(DownloadCutRate), DownloadCutRate),
    ];
}
