using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AtlasActors.Costs;

namespace AtlasActors.Telemetry;

/// <summary>
/// What is left of the budgets. Ledgers say how they are whenever money moves; a budget that has begun anew since then
/// has all of it again, which needs nobody to say so.
/// </summary>
internal sealed class BudgetGauge
{
    private readonly ConcurrentDictionary<object, (IReadOnlyList<BudgetView> Budgets, Func<DateTimeOffset> Now)> _told
        = new();
    private readonly ObservableGauge<double> _left;

    public BudgetGauge(Meter meter) => _left = meter.CreateObservableGauge(
        "atlas_actors.budget.left", Measure, "{USD}",
        "US dollars that may still be submitted in the budget's present period, by budget.");

    /// <summary>Whether anybody listens: nothing need be told otherwise.</summary>
    public bool IsSeen => _left.Enabled;

    /// <summary>How a ledger's budgets are, and its clock, which any thread may ask.</summary>
    public void Tell(object ledger, IReadOnlyList<BudgetView> budgets, Func<DateTimeOffset> now) =>
        _told[ledger] = (budgets, now);

    /// <summary>The ledger has ended.</summary>
    public void Leave(object ledger) => _told.TryRemove(ledger, out _);

    private IEnumerable<Measurement<double>> Measure() =>
        from told in _told.Values
        let now = told.Now()
        from budget in told.Budgets
        let left = budget.BeginsAnew <= now ? budget.Budget.Limit : budget.Left
        select new Measurement<double>((double)left.Amount, AtlasTelemetry.Tag("budget", budget.Budget.Name));
}
