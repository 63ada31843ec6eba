using AtlasActors.Batches;
using AtlasActors.Host.Rendering;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Running;

/// <summary>
/// Follows a batch to where it stops: finished, halted, or stopped because somebody asked, or because nothing but a used-up
/// budget of the configuration is left to wait for.
/// </summary>
internal sealed class BatchWatch(IAtlasBatches batches, IRunReporter reporter, CancellationToken interrupted)
{
    /// <summary>From so many jobs on, what reading and beginning them has left behind is given back once they are at work.</summary>
    private const int ManyJobs = 10_000;

    /// <summary>
    /// The batch as it is at the end. Once <c>interrupted</c> is cancelled, the batch is stopped and followed until it
    /// has stopped.
    /// </summary>
    public async Task<BatchView> FollowAsync(BatchId id)
    {
        using var over = new CancellationTokenSource();
        var following = ToItsEndAsync(id, over.Token);
        var stopping = StopWhenAskedAsync(id, over.Token);
        try
        {
            // Stopping fails alone when the batch ended by itself meanwhile, and then the other task has ended, too.
            if (await Task.WhenAny(following, stopping).ConfigureAwait(false) == stopping && stopping.IsFaulted
                && !HasEnded(await batches.GetAsync(id, CancellationToken.None).ConfigureAwait(false)))
                await stopping.ConfigureAwait(false);
            return await following.ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(following, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool HasEnded(BatchView batch) =>
        batch.Phase is BatchPhase.Idle or BatchPhase.Halted or BatchPhase.Finished;

    private async Task<BatchView> ToItsEndAsync(BatchId id, CancellationToken over)
    {
        BatchView? latest = null;
        Task? stopped = null;
        await foreach (var notice in batches.WatchAsync(id, over).ConfigureAwait(false))
        {
            switch (notice)
            {
                case BatchNotice.JobMoved { Job: var job }:
                    reporter.Moved(job);
                    break;
                case BatchNotice.PhaseChanged { Batch: var batch }:
                    reporter.Begin(batch);
                    // What happened between the start and the first notice is caught up here.
                    if (latest is null)
                        await CatchUpAsync(batch, over).ConfigureAwait(false);
                    latest = batch;
                    if (batch is { Phase: BatchPhase.Running, Pause: not null })
                        stopped ??= batches.StopAsync(id, over);
                    break;
                default:
                    throw new InvalidOperationException($"A notice of an unknown kind: {notice.GetType()}.");
            }
        }
        if (stopped is not null)
            await stopped.ConfigureAwait(false);
        return latest ?? await batches.GetAsync(id, over).ConfigureAwait(false);
    }

    private async Task CatchUpAsync(BatchView batch, CancellationToken over)
    {
        foreach (var job in await batches.GetJobsAsync(batch.Id, over).ConfigureAwait(false))
            reporter.Moved(job);
        // Of 100,000 jobs these are texts, trees, events and views many times their size, which a run would carry for hours.
        if (batch.Total >= ManyJobs)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task StopWhenAskedAsync(BatchId id, CancellationToken over)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, over);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (over.IsCancellationRequested)
            return;
        reporter.Stopping();
        await batches.StopAsync(id, CancellationToken.None).ConfigureAwait(false);
    }
}
