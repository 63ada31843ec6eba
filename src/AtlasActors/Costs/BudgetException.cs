using AtlasActors.Hosting;

namespace AtlasActors.Costs;

/// <summary>A batch was not begun because a budget of the configuration has no room for all of it; nothing was recorded.</summary>
public sealed class BudgetException : BatchException
{
    /// <param name="budget">The budget as it is.</param>
    /// <param name="estimate">What the batch is estimated to cost.</param>
    public BudgetException(BudgetView budget, Usd estimate) : base(Message(budget, estimate)) =>
        (Budget, Estimate) = (budget, estimate);

    /// <summary>The budget as it was when the batch was refused.</summary>
    public BudgetView Budget { get; }

    /// <summary>What the batch is estimated to cost.</summary>
    public Usd Estimate { get; }

    private static new string Message(BudgetView budget, Usd estimate)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return budget.Refusal(estimate) + " Raise the limit, or make the batch smaller.";
    }
}
