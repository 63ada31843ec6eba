using AtlasActors.Batches;
using AtlasActors.Host.Commands;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>The batch that a folder has from earlier, opened again with the API that it was begun with.</summary>
internal sealed class EarlierBatch(Shell shell, StateFolder folder, OutputChoice output, double speed)
{
    /// <summary>What is done with it.</summary>
    public delegate Task<ExitCode> Deed(BatchWork work, BatchView batch, CancellationToken interrupted);

    /// <summary>Takes the folder, finds out by a look which API it is, opens it with that, and does the deed.</summary>
    public async Task<ExitCode> OpenAsync(Deed deed)
    {
        var interrupted = shell.Interrupts.Claim();
        folder.Make();
        using var held = FolderLock.Take(folder);
        var found = await FindAsync(interrupted).ConfigureAwait(false);
        var variables = new Variables(shell.Environment, shell.WorkingDirectory);
        var api = ApiChoice.OfBatch(found.Endpoint, variables, speed, folder.Shown);
        var session = await BatchSession.OpenAsync(shell, folder, api, output.Logs, interrupted).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var batch = await session.Batches.GetAsync(found.Id, interrupted).ConfigureAwait(false);
            var work = new BatchWork(shell, session, folder, output, skipped: []);
            return await deed(work, batch, interrupted).ConfigureAwait(false);
        }
    }

    private async Task<BatchView> FindAsync(CancellationToken interrupted)
    {
        var look = await BatchSession.LookAsync(shell, folder, output.Logs, interrupted).ConfigureAwait(false);
        await using (look.ConfigureAwait(false))
            return await look.CurrentAsync(interrupted).ConfigureAwait(false) ?? throw NoBatch(folder);
    }

    /// <summary>A journal without a batch: begun, and ended before the first was recorded.</summary>
    public static CommandException NoBatch(StateFolder folder) => new(
        ExitCode.BadUsage, $"{folder.Shown} has no batch yet: begin one by 'atlas-actors run FILE'.");
}
