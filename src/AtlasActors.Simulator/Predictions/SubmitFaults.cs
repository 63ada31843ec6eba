namespace AtlasActors.Simulator.Predictions;

/// <summary>The trouble that meets submissions before they become predictions, by chance and by prompt.</summary>
internal sealed class SubmitFaults(SimulatorOptions options)
{
    // Only prompts that order something are counted, so that the others take no memory.
    private readonly Dictionary<(string Model, string Prompt), int> _requests = [];
    private readonly Lock _gate = new();

    /// <summary>Whether the connection breaks before anything is read.</summary>
    public bool DropsUnread(int request) =>
        Hits(options.Faults.SubmitDroppedRate, ChancePurpose.SubmitDropped, request);

    /// <summary>How a submission is turned away; null where it is not.</summary>
    public SubmitVerdict? Verdict(SubmitOrder order, int request) =>
        Ordered(order)
        ?? (Hits(options.Faults.SubmitRefusedRate, ChancePurpose.SubmitRefused, request) ? TooMany
            : Hits(options.Faults.PaymentRefusedRate, ChancePurpose.PaymentRefused, request) ? Unpaid(false)
            : null);

    /// <summary>The refusal of what cannot be paid, in the way that was ordered for all.</summary>
    public SubmitVerdict.Refused Unpaid(bool asOk) => new(402, "insufficient balance")
    {
        AsOk = asOk || options.Faults.PaymentRefusal == PaymentRefusal.Ok,
    };

    private static SubmitVerdict.Refused TooMany => new(429, "rate limit exceeded");

    private SubmitVerdict? Ordered(SubmitOrder order)
    {
        var markers = PromptMarkers.Read(order.Prompt);
        if (!markers.AreAboutSubmissions) return null;
        var time = Count(order);
        return markers.Hits(PromptMarker.SubmitDropped, time) ? new SubmitVerdict.Dropped()
            : markers.Hits(PromptMarker.Submit429, time) ? TooMany
            : markers.Hits(PromptMarker.Submit402, time) ? new SubmitVerdict.Refused(402, "insufficient balance")
            : markers.Hits(PromptMarker.Submit402AsOk, time) ? Unpaid(true)
            : markers.Hits(PromptMarker.Submit502, time) ? new SubmitVerdict.Unreachable()
            : null;
    }

    private int Count(SubmitOrder order)
    {
        lock (_gate)
        {
            var key = (order.Model, order.Prompt);
            return _requests[key] = _requests.GetValueOrDefault(key) + 1;
        }
    }

    private bool Hits(double rate, ChancePurpose purpose, int request) =>
        Chance.Hits(rate, options.Seed, purpose, request);
}
