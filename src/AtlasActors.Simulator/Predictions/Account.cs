namespace AtlasActors.Simulator.Predictions;

/// <summary>What one key has running and has spent. Guarded by the book that owns it.</summary>
internal sealed class Account
{
    private readonly Dictionary<string, Queue<DateTimeOffset>> _submissions = new(StringComparer.Ordinal);

    public int InFlight { get; private set; }

    /// <summary>Held for predictions that still generate.</summary>
    public decimal Reserved { get; private set; }

    public decimal Charged { get; private set; }

    public ChargeBook Charges { get; } = new();

    public void Start(Prediction prediction)
    {
        InFlight++;
        Reserved += prediction.Reserved;
    }

    public void Settle(Prediction prediction)
    {
        InFlight--;
        Reserved -= prediction.Reserved;
        if (!prediction.IsCharged) return;
        Charged += prediction.Price;
        Charges.Add(
            DateOnly.FromDateTime(prediction.DoneAt.UtcDateTime), prediction.Model, prediction.Kind, prediction.Price);
    }

    public bool IsTooFast(RateLimit limit, string model, DateTimeOffset now)
    {
        if (!_submissions.TryGetValue(model, out var recent)) _submissions[model] = recent = new();
        while (recent.TryPeek(out var oldest) && now - oldest >= limit.Window) recent.Dequeue();
        if (recent.Count >= limit.Submissions) return true;
        recent.Enqueue(now);
        return false;
    }
}
