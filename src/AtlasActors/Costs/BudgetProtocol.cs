using AtlasActors.Batches;

namespace AtlasActors.Costs;

/// <summary>What an actor tells <c>/user/atlas</c> about budgets.</summary>
public static class BudgetCommands
{
    /// <summary>
    /// These are the budgets from now on, until the program ends or they are set again; batches that wait go on where there is
    /// room now. A <see cref="BudgetsAnswer"/> is the reply, or a <c>Status.Failure</c> that has all that is wrong with them.
    /// </summary>
    public sealed record SetBudgets(IReadOnlyList<Budget> Budgets);
}

/// <summary>What an actor asks <c>/user/atlas</c> about budgets.</summary>
public static class BudgetQueries
{
    /// <summary>How each budget is; a <see cref="BudgetsAnswer"/> is the reply.</summary>
    public sealed record GetBudgets;

    /// <summary>
    /// Whether the budgets that touch such a batch have room for all of it. The supervisor is told the
    /// <see cref="RoomAnswer"/>, in the name of who wants to start it.
    /// </summary>
    internal sealed record GetRoom(BatchCommands.StartBatch Start);
}

/// <summary>How the budgets are.</summary>
/// <param name="Budgets">All of them, in the order of the configuration.</param>
public sealed record BudgetsAnswer(IReadOnlyList<BudgetView> Budgets);

/// <summary>Which budget has no room for all of a batch; null when there is room.</summary>
internal sealed record RoomAnswer(BatchCommands.StartBatch Start, BudgetView? Refusing);
