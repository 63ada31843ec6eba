using AtlasActors.Atlas;
using AtlasActors.Costs;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Settings;
using AtlasActors.Models;

namespace AtlasActors.Host.Running;

/// <summary>What <c>costs</c> found out.</summary>
/// <param name="Costs">What the folder's batches cost.</param>
/// <param name="Comparison">What Atlas lists beside it; null when nobody asked.</param>
internal sealed record CostsResult(FolderCosts Costs, CostsResult.Compared? Comparison)
{
    /// <summary>The ledger beside Atlas's list, or why there is none.</summary>
    /// <param name="Reconciled">Both, day by day; null where Atlas could not be asked, and where nothing was charged.</param>
    /// <param name="Trouble">Why Atlas could not be asked; null when it was.</param>
    public sealed record Compared(Reconciliation? Reconciled, CommandException? Trouble);
}

/// <summary>Looks at the costs of a folder, and asks Atlas for what it has not told where that can be done.</summary>
internal sealed class CostsDesk(Shell shell, StateFolder folder, LogSettings logs)
{
    /// <summary>Looks first. The folder is opened to work in it only where there is something to ask for.</summary>
    public async Task<CostsResult> WorkAsync(bool reconcile, TimeSpan within, CancellationToken interrupted)
    {
        var holder = FolderLock.Holder(folder);
        var costs = await LookAsync(interrupted).ConfigureAwait(false);
        var variables = shell.Variables();
        var obstacle = costs.Obstacle(variables, holder);
        var isMissing = costs.Ledger.Untold > 0;
        var isSimulated = costs.Endpoint == Endpoint.Simulator;
        // The charges of a rehearsal are in its own simulator alone, which only a session in the folder has.
        if (obstacle is null && (isMissing || (reconcile && isSimulated)))
            return await OpenAsync(costs, reconcile, within, interrupted).ConfigureAwait(false);
        if (isMissing)
            costs = costs with { WhyNotAsked = obstacle };
        if (!reconcile)
            return new CostsResult(costs, null);
        if (isSimulated)
            throw new CommandException(ExitCode.BadUsage, $"The simulator of {folder.Shown} cannot be asked: {obstacle}.");
        var api = (ApiChoice.Real)ApiChoice.OfBatch(costs.Endpoint, variables, speed: 1, folder.Shown);
        using var account = shell.OpenAccount(api.BaseUrl, api.Key);
        return new CostsResult(costs, await CompareAsync(account, costs, interrupted).ConfigureAwait(false));
    }

    private async Task<FolderCosts> LookAsync(CancellationToken interrupted)
    {
        var look = await BatchSession.LookAsync(shell, folder, logs, interrupted).ConfigureAwait(false);
        await using (look.ConfigureAwait(false))
            return await FolderCosts.ReadAsync(look, folder, interrupted).ConfigureAwait(false);
    }

    private async Task<CostsResult> OpenAsync(
        FolderCosts costs, bool reconcile, TimeSpan within, CancellationToken interrupted)
    {
        var api = ApiChoice.OfBatch(costs.Endpoint, shell.Variables(), ApiChoice.UsualSpeed, folder.Shown);
        folder.Make();
        using var held = FolderLock.Take(folder);
        var session = await BatchSession.OpenAsync(shell, folder, api, logs, interrupted).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (costs.Ledger.Untold > 0)
                costs = await costs.CollectAsync(session, within, interrupted).ConfigureAwait(false);
            if (!reconcile)
                return new CostsResult(costs, null);
            using var account = session.OpenAccount(shell);
            return new CostsResult(costs, await CompareAsync(account, costs, interrupted).ConfigureAwait(false));
        }
    }

    private async Task<CostsResult.Compared> CompareAsync(
        OpenAccount account, FolderCosts costs, CancellationToken interrupted)
    {
        if (Reconciliation.DaysOf(costs.Ledger) is not { } days)
            return new CostsResult.Compared(null, null);
        var answer = await account.Inquiries.ModelCostsAsync(days.From, days.Before, interrupted).ConfigureAwait(false);
        if (answer is not FreeAnswer<ModelCosts>.Told { Value: var charges })
            return new CostsResult.Compared(null, AccountAnswer.Refusal(answer));
        var today = DateOnly.FromDateTime(shell.Clock.GetUtcNow().UtcDateTime);
        return new CostsResult.Compared(
            Reconciliation.Of(costs.Ledger, days, charges.Days, IdOf, today), null);
    }

    // The ledger has the name that the batch file uses; Atlas lists its own id.
    private static string IdOf(string model) => ModelCatalog.Default.Find(model)?.Id ?? model;
}
