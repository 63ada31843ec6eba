using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Gate;
using AtlasActors.Host.Running;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Tests.Support;

/// <summary>
/// Stands in for the actors: tells the notices it was given and notes what it was asked. A batch that is not told to
/// its end runs until it is stopped.
/// </summary>
internal sealed class ScriptedBatches : IAtlasBatches, IAtlasWebhooks, IRunningAtlas
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChannelWriter<BatchNotice>? _listener;

    /// <summary>What it was asked to do, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The batches of its journal, oldest first.</summary>
    public List<BatchView> Known { get; } = [];

    /// <summary>The jobs of the batch that is worked on.</summary>
    public IReadOnlyList<JobView> Jobs { get; set; } = [];

    /// <summary>The jobs of other batches, by id.</summary>
    public Dictionary<string, IReadOnlyList<JobView>> JobsOf { get; } = [];

    /// <summary>The batches that were read whole, in order.</summary>
    public ConcurrentQueue<string> Read { get; } = new();

    /// <summary>What a watcher is told.</summary>
    public IReadOnlyList<BatchNotice> Script { get; set; } = [];

    /// <summary>What a watcher is told once the batch was stopped.</summary>
    public BatchView? AfterStop { get; set; }

    /// <summary>How often it was asked for charges: for how many, and for how long.</summary>
    public List<(int Most, TimeSpan Within)> Collected { get; } = [];

    /// <summary>The batch with charges that are told when they are asked for; null where none is.</summary>
    public BatchView? LateCharges { get; set; }

    /// <summary>Completes when a watcher has been told all of the script.</summary>
    public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What every question is answered with instead, once it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a resume, a retry or a start fails of, once it is set; it can still be looked at.</summary>
    public Exception? Failing { get; set; }

    /// <summary>After how many wishes every other one fails; null for never.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>The options that it was opened with, each time.</summary>
    public List<AtlasActorsOptions> Opened { get; } = [];

    /// <summary>The definition it was last started with.</summary>
    public BatchDefinition? Started { get; private set; }

    /// <summary>What a start under an id waits for.</summary>
    public Task Starting { get; set; } = Task.CompletedTask;

    /// <summary>Happens before a batch that is not there yet is recorded under an id.</summary>
    public Action<BatchId> Recording { get; set; } = _ => { };

    /// <summary>The ids that it was to start batches under.</summary>
    public List<BatchId> Ids { get; } = [];

    /// <summary>How often it was closed.</summary>
    public int Closed { get; private set; }

    public IAtlasBatches Batches => this;

    public IAtlasWebhooks Webhooks => this;

    /// <summary>The webhooks that were handed in.</summary>
    public ConcurrentQueue<(WebhookPath Path, SignedWebhook Webhook)> Delivered { get; } = new();

    /// <summary>What a webhook is answered with.</summary>
    public WebhookReply Reply { get; set; } = new WebhookReply.Taken();

    public Task<WebhookReply> ReceiveAsync(WebhookPath path, SignedWebhook webhook, CancellationToken cancellation)
    {
        Delivered.Enqueue((path, webhook));
        return Task.FromResult(Reply);
    }

    public Task<BatchView> StartAsync(BatchDefinition definition, Usd? budget, CancellationToken cancellation)
    {
        Ask(budget is { } most ? $"start with {most}" : "start");
        Started = definition;
        Known.Add(Views.Batch(BatchPhase.Running, Jobs, fingerprint: BatchFingerprint.Of(definition), id: "new"));
        return Task.FromResult(Known[^1]);
    }

    public async Task<BatchView> StartAsync(BatchId id, BatchDefinition definition, Usd? budget, CancellationToken cancellation)
    {
        await Starting;
        Ids.Add(id);
        if (Budgets is [{ } used, ..] && used.Left == Usd.Zero) throw new BudgetException(used, new Usd(0.08m));
        if (Known.Find(known => known.Id == id) is { } before) return before;
        Recording(id);
        Ask(budget is { } most ? $"start with {most}" : "start");
        Started = definition;
        Known.Add(Views.Batch(BatchPhase.Running, Jobs, fingerprint: BatchFingerprint.Of(definition), id: id.Value));
        return Known[^1];
    }

    /// <summary>How much may be in flight.</summary>
    public GateLimits Limits { get; private set; } = new(1000, 1000, new Dictionary<string, int>(), TimeSpan.FromMinutes(1));

    public Task<GateLimits> GetLimitsAsync(CancellationToken cancellation) => Task.FromResult(Limits);

    public Task<GateLimits> SetLimitsAsync(GateLimits limits, CancellationToken cancellation)
    {
        Ask($"limit to {limits.Account}");
        return Task.FromResult(Limits = limits);
    }

    /// <summary>The batches that do not stop in time.</summary>
    public IReadOnlyList<BatchId> Unstoppable { get; set; } = [];

    /// <summary>What a stop of all waits for, however long it may take.</summary>
    public Task Stopping { get; set; } = Task.CompletedTask;

    /// <summary>How long the last stop was to wait.</summary>
    public TimeSpan StopWithin { get; private set; }

    public async Task<IReadOnlyList<BatchId>> StopAllAsync(TimeSpan within, CancellationToken cancellation)
    {
        StopWithin = within;
        await Stopping;
        await StopAllAsync(cancellation);
        return Unstoppable;
    }

    public Task StopAllAsync(CancellationToken cancellation)
    {
        Ask("stop all");
        _stopped.TrySetResult();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BatchId>> ListIdsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BatchId>>([.. Known.Select(batch => batch.Id)]);

    public Task<IReadOnlyDictionary<BatchId, long>> GetRevisionsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<BatchId, long>>(Known.ToDictionary(batch => batch.Id, batch => batch.Revision));

    public Task<BatchReading> ReadAsync(BatchId id, CancellationToken cancellation)
    {
        Read.Enqueue(id.Value);
        return Task.FromResult(new BatchReading(Find(id), JobsOf.GetValueOrDefault(id.Value) ?? Jobs));
    }

    public Task<IAsyncEnumerable<BatchNotice>> WatchAllAsync(CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<BatchNotice>();
        cancellation.Register(() => channel.Writer.TryComplete());
        _listener = channel.Writer;
        return Task.FromResult(channel.Reader.ReadAllAsync(CancellationToken.None));
    }

    /// <summary>Whoever listens to all batches is told no more.</summary>
    public void EndNotices() => _listener!.TryComplete();

    /// <summary>Tells whoever listens to all batches.</summary>
    public void Tell(BatchNotice notice) => _listener!.TryWrite(notice);

    public Task<BatchView> ResumeAsync(BatchId id, CancellationToken cancellation) => Answer($"resume {id}", id);

    public Task<BatchView> RetryAsync(BatchId id, bool inDoubt, Usd? budget, CancellationToken cancellation) =>
        Answer($"retry {id}{(inDoubt ? " in doubt" : "")}", id);

    public Task<BatchView> RetryJobsAsync(
        BatchId id, IReadOnlyList<int> jobs, bool inDoubt, Usd? budget, CancellationToken cancellation) =>
        Answer($"retry {id} {string.Join(',', jobs)}{(inDoubt ? " in doubt" : "")}", id);

    public Task<BatchView> TakeUpAsync(BatchId id, CancellationToken cancellation) => Answer($"take up {id}", id);

    public Task<BatchView> PauseAsync(BatchId id, CancellationToken cancellation) => Answer($"pause {id}", id);

    public Task<BatchView> CancelAsync(BatchId id, IReadOnlyList<int>? jobs, CancellationToken cancellation) =>
        Answer(jobs is null ? $"cancel {id}" : $"cancel {id} {string.Join(',', jobs)}", id);

    public Task<BatchPreview> PreviewAsync(
        BatchId id, BatchAction action, IReadOnlyList<int>? jobs, bool inDoubt, CancellationToken cancellation)
    {
        Find(id);
        return Task.FromResult(new BatchPreview(id, action, jobs ?? [], [], Usd.Zero));
    }

    public Task<BatchView> RefetchAsync(BatchId id, bool verify, CancellationToken cancellation) =>
        Answer($"refetch {id}{(verify ? " verified" : "")}", id);

    public Task<BatchView> CompactAsync(BatchId id, CancellationToken cancellation) => Answer($"compact {id}", id);

    public async Task<OutputsRemoval> RemoveOutputsAsync(BatchId id, CancellationToken cancellation) =>
        new(await Answer($"remove outputs of {id}", id), 1, 10);

    public Task<BatchView> StopAsync(BatchId id, CancellationToken cancellation)
    {
        var known = Find(id);
        Ask($"stop {id}");
        _stopped.TrySetResult();
        return Task.FromResult(AfterStop ?? known);
    }

    public Task<IReadOnlyList<BatchView>> ListAsync(CancellationToken cancellation)
    {
        if (Failure is not null)
            throw Failure;
        return Task.FromResult<IReadOnlyList<BatchView>>([.. Known]);
    }

    public Task<BatchView> GetAsync(BatchId id, CancellationToken cancellation) => Task.FromResult(Find(id));

    public Task<IReadOnlyList<JobView>> GetJobsAsync(BatchId id, CancellationToken cancellation)
    {
        // The script's own batch may be told of before it is known.
        if (id.Value != "new") Find(id);
        return Task.FromResult(Jobs);
    }

    public Task<LedgerView> GetLedgerAsync(BatchId id, CancellationToken cancellation) =>
        throw new NotSupportedException("No command asks the ledger yet.");

    public Task<LedgerView> GetCostsAsync(BatchId id, CancellationToken cancellation) =>
        throw new NotSupportedException("What batches cost is tried with batches that are not scripted.");

    public Task<ChargesAnswer> CollectChargesAsync(
        BatchId id, int most, TimeSpan within, CancellationToken cancellation)
    {
        Collected.Add((most, within));
        return Task.FromResult(
            LateCharges is { } late ? new ChargesAnswer(late, 1, 0, null) : new ChargesAnswer(Known[^1], 0, 0, null));
    }

    /// <summary>The budgets that are configured; where the first has nothing left, no batch is begun.</summary>
    public List<BudgetView> Budgets { get; } = [];

    public Task<IReadOnlyList<BudgetView>> GetBudgetsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BudgetView>>([.. Budgets]);

    public Task<IReadOnlyList<BudgetView>> SetBudgetsAsync(IReadOnlyList<Budget> budgets, CancellationToken cancellation)
    {
        Ask($"set budgets {string.Join(", ", budgets.Select(budget => budget.Name))}");
        return Task.FromResult<IReadOnlyList<BudgetView>>(Budgets);
    }

    public async IAsyncEnumerable<BatchNotice> WatchAsync(
        BatchId id, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var notice in Script)
            yield return notice;
        Told.TrySetResult();
        if (Script is [.., BatchNotice.PhaseChanged { Batch.Phase: not (BatchPhase.Running or BatchPhase.Stopping) }])
            yield break;
        await _stopped.Task.WaitAsync(cancellation);
        yield return new BatchNotice.PhaseChanged(AfterStop!);
    }

    public ValueTask DisposeAsync()
    {
        Closed++;
        _listener?.TryComplete();
        return ValueTask.CompletedTask;
    }

    private Task<BatchView> Answer(string asked, BatchId id)
    {
        Ask(asked);
        return Task.FromResult(Find(id));
    }

    private BatchView Find(BatchId id) =>
        Known.LastOrDefault(batch => batch.Id == id) ?? throw new BatchException($"There is no batch {id} in this journal.");

    private void Ask(string asked)
    {
        if ((Failure ?? Failing) is { } fault)
            throw fault;
        if (FailsAfter is { } left && (FailsAfter = left - 1) < 0)
            throw new BatchException("It cannot be done now.");
        Asked.Add(asked);
    }
}
