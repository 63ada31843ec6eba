using System.Collections.Concurrent;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Retention;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using ManualClock = AtlasActors.Host.Tests.Simulator.Support.ManualClock;

namespace AtlasActors.Host.Tests.Serving.Retention;

/// <summary>The rounds of retention, by a clock that a test turns.</summary>
public sealed class RetentionRoundsSpecs : IAsyncDisposable
{
    private static readonly RetentionSettings Ninety = new() { Events = TimeSpan.FromDays(90), Outputs = TimeSpan.FromDays(30) };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<string> _done = new();
    private readonly RecordsFile _file;
    private readonly ServiceRecords _records;
    private readonly RecordsWriter _writer;
    private readonly Outbox _outbox;
    private RetentionRounds? _rounds;

    public RetentionRoundsSpecs()
    {
        _file = RecordsFile.Prepare(_folder.File("records.db"), Views.Start);
        _records = new ServiceRecords(_file).Open();
        _writer = new RecordsWriter(_file);
        _outbox = Outbox.Open(_folder.File("outbox.db"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_rounds is not null) await _rounds.DisposeAsync();
        _writer.Dispose();
        _file.Close();
        _outbox.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_over_for_long_enough_is_done_once_in_its_order_however_much_it_is()
    {
        foreach (var number in Enumerable.Range(1, 50)) Add($"b-{number}", ended: 91);
        Start(Ninety);
        await UntilAsync(() => _done.Count >= 50);
        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"b-{number} outputs events"), _done);

        // Hours later nothing is left, until one of them has news and is old again.
        await PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(50, _done.Count);
        Add("b-7", ended: 0, revision: 9);
        await PassAsync(TimeSpan.FromDays(29));
        Assert.Equal(50, _done.Count);
        await UntilAsync(() => _done.Count == 51, TimeSpan.FromHours(1));
        Assert.Equal("b-7 outputs", _done.Last());
    }

    [Fact]
    public async Task Each_rule_is_for_itself_and_what_is_not_over_is_left()
    {
        Add("b-young", ended: 29);
        Add("b-month", ended: 31);
        Add("b-old", ended: 90);
        Add("b-overdue", ended: 400, JobStage.Overdue);
        Add("b-waits", ended: 400, JobStage.Waiting);
        Add("b-runs", ended: null);
        Start(Ninety);
        await UntilAsync(() => _done.Count == 2);
        await PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(["b-month outputs", "b-old outputs events"], _done);
    }

    [Fact]
    public async Task Nothing_is_done_before_it_is_asked_for_and_then_at_once()
    {
        Add("b-1", ended: 1000);
        Start(new RetentionSettings());
        await PassAsync(TimeSpan.FromDays(2));
        Assert.Empty(_done);

        _rounds!.Use(new RetentionSettings { Events = TimeSpan.FromDays(90), Deliveries = TimeSpan.FromDays(3) });
        await UntilAsync(() => !_done.IsEmpty, TimeSpan.Zero);
        Assert.Equal(("b-1 events", TimeSpan.FromDays(3)), (Assert.Single(_done), _outbox.Kept));
    }

    [Fact]
    public async Task One_that_cannot_be_done_is_in_nobodys_way_and_is_done_when_it_can()
    {
        Add("b-1", ended: 91);
        Add("b-2", ended: 91);
        var isBroken = true;
        Start(Ninety, batch => isBroken && batch.Id == "b-1" ? throw new BatchException("It runs again.") : DoAsync(batch));
        await UntilAsync(() => _done.Count == 1);
        isBroken = false;
        await UntilAsync(() => _done.Count == 2);
        Assert.Equal(["b-2 outputs events", "b-1 outputs events"], _done);
    }

    [Fact]
    public async Task After_a_fault_of_ours_the_next_sweep_does_the_rest()
    {
        Add("b-1", ended: 91);
        Add("b-2", ended: 91);
        var faults = 2;
        Start(Ninety, batch => faults-- > 0 ? throw new InvalidOperationException("Broken.") : DoAsync(batch));
        await UntilAsync(() => _done.Count == 2);
        Assert.Equal(["b-1 outputs events", "b-2 outputs events"], _done);
    }

    /// <param name="id">The batch; one that is there already has news.</param>
    /// <param name="ended">How many days ago it came to its end; null of one that runs.</param>
    /// <param name="rest">A stage that one of its jobs is in.</param>
    /// <param name="revision">How many events it has.</param>
    private void Add(string id, int? ended, JobStage rest = JobStage.Succeeded, long revision = 7)
    {
        IReadOnlyList<JobView> jobs = [Views.Done(1), Views.Job(2, rest)];
        var batch = Views.Batch(ended is null ? BatchPhase.Running : BatchPhase.Finished, jobs, id: id) with
        {
            Revision = revision, SettledAt = _clock.GetUtcNow() - TimeSpan.FromDays(ended ?? 0), IsSettled = ended is not null,
        };
        _writer.InTransaction(() => _writer.Take(new BatchReading(batch, jobs)));
    }

    private void Start(RetentionSettings settings, Func<DueBatch, Task<RetentionDone>>? work = null) =>
        _rounds = RetentionRounds.Start(_records, _outbox, work ?? DoAsync, settings, _clock, NullLogger.Instance);

    private Task<RetentionDone> DoAsync(DueBatch due)
    {
        var id = BatchId.Parse(due.Id);
        var revision = _records.Find(id)!.Revision;
        _writer.InTransaction(() => _writer.Keep(id, new KeptTo(due.AreOutputsDue ? revision : null, due.AreEventsDue ? revision : null)));
        _done.Enqueue($"{due.Id}{(due.AreOutputsDue ? " outputs" : "")}{(due.AreEventsDue ? " events" : "")}");
        return Task.FromResult(new RetentionDone(1, 1, 1, 1));
    }

    /// <summary>Turns the clock whenever the rounds wait by it, until so much time has passed and they wait again.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var end = _clock.GetUtcNow() + time;
        while (_clock.GetUtcNow() < end) await _clock.AdvanceWaitingAsync(TimeSpan.FromMinutes(30)).WaitAsync(ProgramProcess.Patience);
        await _clock.TimerSetAsync().WaitAsync(ProgramProcess.Patience);
    }

    private async Task UntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        while (!isSo())
        {
            if (step != TimeSpan.Zero) await _clock.TimerSetAsync().WaitAsync(limit.Token);
            _clock.Advance(step ?? TimeSpan.FromMinutes(1));
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
