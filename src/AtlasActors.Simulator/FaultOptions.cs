namespace AtlasActors.Simulator;

/// <summary>How the answer to a poll says that a generation failed.</summary>
public enum FailureTransport
{
    /// <summary>HTTP 200 with the status <c>failed</c>, as documented.</summary>
    Ok,

    /// <summary>HTTP 500 with a full body, as observed on the live service.</summary>
    InternalServerError,
}

/// <summary>How a submission that cannot be paid is turned away.</summary>
public enum PaymentRefusal
{
    /// <summary>HTTP 402.</summary>
    PaymentRequired,

    /// <summary>HTTP 200 with the code 402 in the body.</summary>
    Ok,
}

/// <summary>
/// Trouble to order. Rates are shares from 0 to 1, decided by the seed. A prompt may ask for trouble as well, such as
/// <c>[fail:2]</c>, which fails the first two attempts of that prompt; docs/simulator.md lists the words. What a
/// prompt orders goes before chance.
/// </summary>
public sealed record FaultOptions
{
    /// <summary>The share of submissions answered with 429 and not accepted.</summary>
    public double SubmitRefusedRate { get; init; }

    /// <summary>The share of submissions whose connection breaks before anything of them is read.</summary>
    public double SubmitDroppedRate { get; init; }

    /// <summary>The share of submissions that are accepted, and whose connection breaks before the answer.</summary>
    public double SubmitLostRate { get; init; }

    /// <summary>The share of submissions answered as if they could not be paid.</summary>
    public double PaymentRefusedRate { get; init; }

    /// <summary>How those and the ones that really cannot be paid are turned away.</summary>
    public PaymentRefusal PaymentRefusal { get; init; }

    /// <summary>The share of polls answered with 429, without a word on when to come back.</summary>
    public double Poll429Rate { get; init; }

    /// <summary>The share of polls answered with a gateway's 502 page.</summary>
    public double Poll502Rate { get; init; }

    /// <summary>The share of polls answered with a gateway's 503 page.</summary>
    public double Poll503Rate { get; init; }

    /// <summary>The share of generations that fail.</summary>
    public double FailedGenerationRate { get; init; }

    /// <summary>How a failed generation is told.</summary>
    public FailureTransport FailureTransport { get; init; }

    /// <summary>The share of generations that end with the status <c>timeout</c>, not charged.</summary>
    public double TimedOutRate { get; init; }

    /// <summary>The share of generations that moderation refuses.</summary>
    public double ModeratedRate { get; init; }

    /// <summary>The share of generations that complete without outputs, and are charged.</summary>
    public double EmptyRate { get; init; }

    /// <summary>The share of predictions whose price is never told, though they are charged.</summary>
    public double NoPriceRate { get; init; }

    /// <summary>The share of predictions whose outputs are gone from the start.</summary>
    public double ExpiredOutputRate { get; init; }

    /// <summary>The share of downloads that break off half way.</summary>
    public double DownloadCutRate { get; init; }

    /// <summary>Whether the first download of each output breaks off half way.</summary>
    public bool CutFirstDownloads { get; init; }

    /// <summary>What is wrong with the calls to submissions' own addresses.</summary>
    public WebhookFault Webhook { get; init; }

    internal IEnumerable<(string Name, double Rate)> Rates =>
    [
        (nameof(SubmitRefusedRate), SubmitRefusedRate),
        (nameof(SubmitDroppedRate), SubmitDroppedRate),
        (nameof(SubmitLostRate), SubmitLostRate),
        (nameof(PaymentRefusedRate), PaymentRefusedRate),
        (nameof(Poll429Rate), Poll429Rate),
        (nameof(Poll502Rate), Poll502Rate),
        (nameof(Poll503Rate), Poll503Rate),
        (nameof(FailedGenerationRate), FailedGenerationRate),
        (nameof(TimedOutRate), TimedOutRate),
        (nameof(ModeratedRate), ModeratedRate),
        (nameof(EmptyRate), EmptyRate),
        (nameof(NoPriceRate), NoPriceRate),
        (nameof(ExpiredOutputRate), ExpiredOutputRate),
        (nameof(DownloadCutRate), DownloadCutRate),
    ];
}
