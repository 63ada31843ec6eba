using AtlasActors.Batches;
using AtlasActors.Host.Commands;
using AtlasActors.Host.Settings;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Running;

/// <summary>Works on a batch in an open session until it stops, and tells of it.</summary>
internal sealed class BatchWork(
    Shell shell, BatchSession session, StateFolder folder, OutputChoice output, IReadOnlyList<SkippedJob> skipped)
{
    private const int MostLateCharges = 100;

    private static readonly TimeSpan LateChargePatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Begins or goes on, as <paramref name="begin"/> does it, and follows the batch to where it stops.
    /// </summary>
    /// <param name="earlier">The batch as it was before, or null for a new one.</param>
    /// <param name="begin">Starts, resumes or retries.</param>
    /// <param name="interrupted">Cancelled when somebody wants the batch to stop.</param>
    /// <param name="whenNothingIsToBeDone">What to say of a batch that stays at rest.</param>
    public async Task<ExitCode> DoAsync(
        BatchView? earlier, Func<IAtlasBatches, Task<BatchView>> begin, CancellationToken interrupted,
        string? whenNothingIsToBeDone = null)
    {
        interrupted.ThrowIfCancellationRequested();
        var batches = session.Batches;
        IReadOnlyList<JobView> known = earlier is null
            ? []
            : await batches.GetJobsAsync(earlier.Id, CancellationToken.None).ConfigureAwait(false);
        var started = shell.Clock.GetTimestamp();
        // Without the token: a start that is given up half way would leave it unknown whether it was recorded.
        var begun = await begin(batches).ConfigureAwait(false);
        if (whenNothingIsToBeDone is not null && begun.Phase is not (BatchPhase.Running or BatchPhase.Stopping))
            return await TellAsync(begun, whenNothingIsToBeDone).ConfigureAwait(false);
        BatchView end;
        var reporter = output.Reporter(shell, session.Logs);
        await using (reporter.ConfigureAwait(false))
        {
            reporter.Known(known);
            known = [];
            end = await new BatchWatch(batches, reporter, interrupted).FollowAsync(begun.Id).ConfigureAwait(false);
        }
        var duration = shell.Clock.GetElapsedTime(started);
        end = await WithLateChargesAsync(end, interrupted).ConfigureAwait(false);
        return await TellAsync(end, duration, message: null).ConfigureAwait(false);
    }

    /// <summary>
    /// Prices often come a little after the last job: asked once more at the end, a batch of a few minutes has most of
    /// them. That costs nothing and is bounded, in jobs and in time; what is missing then, <c>costs</c> collects.
    /// </summary>
    private async Task<BatchView> WithLateChargesAsync(BatchView end, CancellationToken interrupted)
    {
        if (end.Phase != BatchPhase.Finished || interrupted.IsCancellationRequested)
            return end;
        try
        {
            var answer = await session.Batches
                .CollectChargesAsync(end.Id, MostLateCharges, LateChargePatience, CancellationToken.None)
                .ConfigureAwait(false);
            return answer.Found > 0 ? answer.Batch : end;
        }
        catch (BatchException)
        {
            // The batch is done, whoever is not told what it cost: the log says what went wrong.
            return end;
        }
    }

    /// <summary>Tells of a batch with which nothing is to be done.</summary>
    public Task<ExitCode> TellAsync(BatchView batch, string message) => TellAsync(batch, duration: null, message);

    private async Task<ExitCode> TellAsync(BatchView batch, TimeSpan? duration, string? message)
    {
        var jobs = await session.Batches.GetJobsAsync(batch.Id, CancellationToken.None).ConfigureAwait(false);
        var report = new RunReport(batch, jobs, skipped, folder, duration);
        output.Write(shell, report, message);
        return report.ExitCode;
    }
}
