using Akka.Actor;
using AtlasActors.Batches;
using AtlasActors.Costs;

namespace AtlasActors.Hosting;

/// <summary>Budgets: no batch is begun that would pass one, and others may be set while batches run.</summary>
internal sealed partial class AtlasSupervisor
{
    private readonly BudgetsInForce _budgets;

    /// <summary>A batch that is there already is gone on with, whatever is left of the budgets.</summary>
    private bool NeedsRoom(BatchCommands.StartBatch start) =>
        _budgets.Touch(start.Definition.Labels) && !(start.Id is { } id && (_batches.Contains(id) || _starting.ContainsKey(id)));

    private void OnRoom(RoomAnswer room)
    {
        if (room.Refusing is { } budget)
            Sender.Tell(new Status.Failure(new BudgetException(budget, room.Start.Definition.Price)));
        else
            Start(room.Start);
    }

    /// <summary>The ledger first, so that who goes on at once is measured by what holds now.</summary>
    private void SetBudgets(IReadOnlyList<Budget> budgets)
    {
        var faults = BudgetRules.Faults(budgets)
            .Select(fault => FormattableString.Invariant($"- budget {fault.Index + 1}: {fault.Member} {fault.Fault}")).ToList();
        if (faults.Count > 0)
        {
            Sender.Tell(new Status.Failure(new BatchException(
                string.Join("\n", ["The budgets are not in order, and stay as they are:", .. faults]))));
            return;
        }
        _budgets.Current = [.. budgets];
        Ledger().Tell(new LedgerCommands.UseBudgets(_budgets.Current));
        foreach (var coordination in _coordinators.Values) coordination.Actor.Tell(new BudgetsChanged());
        Ledger().Forward(new BudgetQueries.GetBudgets());
    }
}
