namespace AtlasActors.Costs;

/// <summary>
/// The budgets of this moment. One for the ledger and all coordinators, not a message to each: whichever of them begins, or
/// begins again after a fault, knows them before its first message. Only the supervisor sets them.
/// </summary>
internal sealed class BudgetsInForce(IReadOnlyList<Budget> budgets)
{
    private volatile IReadOnlyList<Budget> _current = budgets;

    public IReadOnlyList<Budget> Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Whether one of them is for batches with these labels.</summary>
    public bool Touch(IReadOnlyDictionary<string, string>? labels) => Current.Any(budget => budget.Touches(labels));
}
