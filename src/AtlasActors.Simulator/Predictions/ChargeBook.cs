namespace AtlasActors.Simulator.Predictions;

/// <summary>What an account was charged on a day for a model, in USD.</summary>
internal sealed record DayCharge(DateOnly Day, string Model, MediaKind Kind, decimal Amount);

/// <summary>
/// An account's charges, summed by day in UTC and by model. Guarded by the book that owns the account.
/// </summary>
internal sealed class ChargeBook
{
    private readonly Dictionary<DateOnly, Dictionary<(string Model, MediaKind Kind), decimal>> _days = [];

    public void Add(DateOnly day, string model, MediaKind kind, decimal amount)
    {
        if (!_days.TryGetValue(day, out var models)) _days[day] = models = [];
        models[(model, kind)] = models.GetValueOrDefault((model, kind)) + amount;
    }

    public IEnumerable<DayCharge> Between(DateOnly from, DateOnly before) => _days
        .Where(day => day.Key >= from && day.Key < before)
        .SelectMany(day => day.Value, (day, sum) => new DayCharge(day.Key, sum.Key.Model, sum.Key.Kind, sum.Value));
}
