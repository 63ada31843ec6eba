using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Akka.Actor;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Gate;
using static AtlasActors.Hosting.SupervisorMessages;

namespace AtlasActors.Hosting;

/// <summary>The client interface over <c>/user/atlas</c>, which its first use starts where nothing has yet.</summary>
internal sealed class AtlasBatches(Func<AtlasActorsExtension> atlas) : IAtlasBatches
{
    public Task<BatchView> StartAsync(BatchDefinition definition, Usd? budget, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return AskAsync<BatchView>(new BatchCommands.StartBatch(definition, budget), cancellation);
    }

    public Task<BatchView> StartAsync(BatchId id, BatchDefinition definition, Usd? budget, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return AskAsync<BatchView>(new BatchCommands.StartBatch(definition, budget, id), cancellation);
    }

    public Task<BatchView> ResumeAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.ContinueBatch(id), cancellation);

    public Task<BatchView> RetryAsync(BatchId id, bool inDoubt, Usd? budget, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.RetryBatch(id, inDoubt, budget), cancellation);

    public Task<BatchView> RetryJobsAsync(
        BatchId id, IReadOnlyList<int> jobs, bool inDoubt, Usd? budget, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return AskAsync<BatchView>(new BatchCommands.RetryBatch(id, inDoubt, budget, [.. jobs]), cancellation);
    }

    public Task<BatchView> TakeUpAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.TakeUpBatch(id), cancellation);

    public Task<BatchView> PauseAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.PauseBatch(id), cancellation);

    public Task<BatchView> CancelAsync(BatchId id, IReadOnlyList<int>? jobs, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.CancelJobs(id, jobs?.ToList()), cancellation);

    public Task<BatchPreview> PreviewAsync(
        BatchId id, BatchAction action, IReadOnlyList<int>? jobs, bool inDoubt, CancellationToken cancellation) =>
        AskAsync<BatchPreview>(new BatchQueries.GetPreview(id, action, jobs?.ToList(), inDoubt), cancellation);

    public Task<BatchView> RefetchAsync(BatchId id, bool verify, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.RefetchBatch(id, verify), cancellation);

    public Task<BatchView> CompactAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.CompactBatch(id), cancellation);

    public Task<OutputsRemoval> RemoveOutputsAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<OutputsRemoval>(new BatchCommands.RemoveOutputs(id), cancellation);

    public Task<BatchView> StopAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchView>(new BatchCommands.StopBatch(id), cancellation);

    public Task StopAllAsync(CancellationToken cancellation) => AskAsync<AllStopped>(new StopAll(), cancellation);

    public async Task<IReadOnlyList<BatchId>> StopAllAsync(TimeSpan within, CancellationToken cancellation) =>
        (await AskAsync<AllStopped>(new StopAll(within), cancellation).ConfigureAwait(false)).Left;

    public async Task<IReadOnlyList<BatchId>> ListIdsAsync(CancellationToken cancellation) =>
        (await AskAsync<BatchIds>(new GetBatchIds(), cancellation).ConfigureAwait(false)).Batches;

    public async Task<IReadOnlyDictionary<BatchId, long>> GetRevisionsAsync(CancellationToken cancellation) =>
        (await AskAsync<BatchRevisions>(new GetRevisions(), cancellation).ConfigureAwait(false)).Revisions;

    public Task<BatchReading> ReadAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<BatchReading>(new BatchQueries.ReadBatch(id), cancellation);

    public async Task<IReadOnlyList<BatchView>> ListAsync(CancellationToken cancellation)
    {
        var ids = await AskAsync<BatchIds>(new GetBatchIds(), cancellation).ConfigureAwait(false);
        var views = new List<BatchView>();
        foreach (var id in ids.Batches)
            if ((await AskAsync<BatchAnswer>(new BatchQueries.GetBatch(id), cancellation).ConfigureAwait(false)).Batch is { } view)
                views.Add(view);
        return views;
    }

    public async Task<BatchView> GetAsync(BatchId id, CancellationToken cancellation) =>
        (await AskAsync<BatchAnswer>(new BatchQueries.GetBatch(id), cancellation).ConfigureAwait(false)).Batch
        ?? throw new BatchException($"Batch {id} was never recorded.");

    public async Task<IReadOnlyList<JobView>> GetJobsAsync(BatchId id, CancellationToken cancellation) =>
        (await AskAsync<JobsAnswer>(new BatchQueries.GetJobs(id), cancellation).ConfigureAwait(false)).Jobs;

    public Task<LedgerView> GetLedgerAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<LedgerView>(new LedgerQueries.GetLedger(id), cancellation);

    public Task<LedgerView> GetCostsAsync(BatchId id, CancellationToken cancellation) =>
        AskAsync<LedgerView>(new BatchQueries.GetCosts(id), cancellation);

    public Task<ChargesAnswer> CollectChargesAsync(BatchId id, int most, TimeSpan within, CancellationToken cancellation) =>
        AskAsync<ChargesAnswer>(new BatchCommands.CollectCharges(id, most, within), cancellation);

    public async Task<IReadOnlyList<BudgetView>> GetBudgetsAsync(CancellationToken cancellation) =>
        (await AskAsync<BudgetsAnswer>(new BudgetQueries.GetBudgets(), cancellation).ConfigureAwait(false)).Budgets;

    public async Task<IReadOnlyList<BudgetView>> SetBudgetsAsync(IReadOnlyList<Budget> budgets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        return (await AskAsync<BudgetsAnswer>(new BudgetCommands.SetBudgets(budgets), cancellation).ConfigureAwait(false)).Budgets;
    }

    public Task<GateLimits> GetLimitsAsync(CancellationToken cancellation) =>
        AskAsync<GateLimits>(new LimitQueries.GetLimits(), cancellation);

    public Task<GateLimits> SetLimitsAsync(GateLimits limits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return AskAsync<GateLimits>(new LimitCommands.SetLimits(limits), cancellation);
    }

    public async IAsyncEnumerable<BatchNotice> WatchAsync(BatchId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (system, supervisor) = (atlas().System, atlas().Supervisor);
        var channel = Channel.CreateUnbounded<BatchNotice>(new UnboundedChannelOptions { SingleReader = true });
        var feed = system.ActorOf(NoticeFeed.Props(channel.Writer, supervisor, id));
        try
        {
            await foreach (var notice in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return notice;
                if (notice is BatchNotice.PhaseChanged { IsRest: true })
                    yield break;
            }
        }
        finally
        {
            system.Stop(feed);
        }
    }

    public async Task<IAsyncEnumerable<BatchNotice>> WatchAllAsync(CancellationToken cancellation)
    {
        var (system, supervisor) = (atlas().System, atlas().Supervisor);
        var channel = Channel.CreateUnbounded<BatchNotice>(new UnboundedChannelOptions { SingleReader = true });
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var feed = system.ActorOf(ListenerFeed.Props(channel.Writer, listening, supervisor));
        try
        {
            await listening.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            system.Stop(feed);
            throw;
        }
        // Ends it, and with it the channel, whether or not somebody reads.
        cancellation.Register(() => system.Stop(feed));
        return channel.Reader.ReadAllAsync(CancellationToken.None);
    }

    /// <summary>Waits for the answer as long as it takes: a stop waits for submissions under way; who will not wait cancels.</summary>
    private async Task<T> AskAsync<T>(object message, CancellationToken cancellation)
    {
        var extension = atlas();
        var answer = extension.Supervisor.Ask<T>(message, Timeout.InfiniteTimeSpan, cancellation);
        await Task.WhenAny(answer, extension.WhenStopped).ConfigureAwait(false);
        return answer.IsCompleted
            ? await answer.ConfigureAwait(false)
            : throw new BatchException("AtlasActors was stopped before it could answer.");
    }
}
