namespace AtlasActors.Simulator.Predictions;

/// <summary>What a prompt can order; docs/simulator.md has the words for it.</summary>
internal enum PromptMarker
{
    Fail,
    FailOk,
    FailInternalServerError,
    TimeOut,
    Moderation,
    Empty,
    Slow,
    SubmitDropped,
    SubmitLost,
    Submit402,
    Submit402AsOk,
    Submit429,
    Submit502,
    Poll404,
    Poll429,
    Poll502,
    OutputExpired,
    DownloadCut,
    PriceLate,
    PriceNever,
    Charge,
    WebhookTwice,
    WebhookLate,
    WebhookForged,
    WebhookSkewed,
    WebhookUnknownKey,
    WebhookNever,
}
