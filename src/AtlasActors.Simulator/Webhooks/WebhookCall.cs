namespace AtlasActors.Simulator.Webhooks;

/// <summary>
/// A call that was made when a prediction ended: which attempt it was, the HTTP status that came back (none where
/// nobody answered), and what was made wrong on purpose.
/// </summary>
internal sealed record WebhookCall(int Attempt, DateTimeOffset At, int? Status, WebhookFault Fault);
