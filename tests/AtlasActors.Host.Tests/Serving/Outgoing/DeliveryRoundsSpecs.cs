using System.Collections.Concurrent;
using System.Text;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using ManualClock = AtlasActors.Host.Tests.Simulator.Support.ManualClock;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>Deliveries as they go out, by a clock that a test turns.</summary>
public sealed class DeliveryRoundsSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<(string Url, string Id, string Body)> _taken = new();
    private Outbox _outbox = null!;
    private Task _running = Task.CompletedTask;

    public Task InitializeAsync()
    {
        _outbox = Outbox.Open(_folder.File("outbox.db"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(ProgramProcess.Patience);
        _outbox.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_that_hangs_holds_up_nobody_but_itself()
    {
        Put("https://slow.example.org/", 1, 2, 3);
        Put("https://quick.example.org/", 4, 5, 6);
        Run(async (delivery, abandon) =>
        {
            if (delivery.Host.StartsWith("slow", StringComparison.Ordinal)) await Task.Delay(Timeout.Infinite, abandon);
            return new Reception(204, null);
        });
        await UntilAsync(() => States("delivered") == 3);
        Assert.Equal(3, States("pending"));
        Assert.Single(_taken, one => one.Url.Contains("slow", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_host_is_told_comes_one_after_the_other_in_its_order()
    {
        var (atOnce, most) = (0, 0);
        Put("https://example.org/", [.. Enumerable.Range(1, 20)]);
        Run(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
            return new Reception(204, null);
        });
        await UntilAsync(() => States("delivered") == 20);
        Assert.Equal(1, most);
        Assert.Equal(Enumerable.Range(1, 20).Select(job => $"{job}"), _taken.Select(one => one.Body));
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_as_it_was_until_it_is()
    {
        Put("https://example.org/", 1);
        Run((_, _) => Task.FromResult(_taken.Count < 4 ? new Reception(500, "no") : new Reception(200, null)));
        await UntilAsync(() => States("delivered") == 1);
        Assert.Equal(4, _taken.Count);
        Assert.Single(_taken.Distinct());
        var tries = Assert.Single(_outbox.List(new DeliveryFilter(null, []), 10, null)).Document.Tries;
        Assert.Equal([500, 500, 500, 200], tries.Select(one => one.Status));
        var waits = tries.Zip(tries.Skip(1), (one, next) => next.At - one.At).ToList();
        Assert.All(
            waits.Zip(DeliveryPlan.Waits, (wait, planned) => (Wait: wait, Planned: planned)),
            pair => Assert.True(pair.Wait >= pair.Planned, $"{pair.Wait} is not {pair.Planned}"));
    }

    [Fact]
    public async Task What_nobody_takes_for_a_day_has_failed_and_can_be_redelivered()
    {
        Put("https://example.org/", 1);
        var isUp = false;
        Run((_, _) => Task.FromResult(isUp ? new Reception(200, null) : new Reception(null, "no")));
        await UntilAsync(() => States("failed") == 1, TimeSpan.FromHours(1));
        Assert.Equal(10, _taken.Count);
        isUp = true;
        var id = Assert.Single(_outbox.List(new DeliveryFilter(null, []), 10, null)).Document.Id;
        Assert.Null(_outbox.Redeliver("msg_other", _clock.GetUtcNow()));
        Assert.Equal(DeliveryState.Pending, _outbox.Redeliver(id, _clock.GetUtcNow())!.State);
        await UntilAsync(() => States("delivered") == 1);
        Assert.Equal(11, _taken.Count);
        Assert.Single(_taken.Distinct());
    }

    [Fact]
    public async Task One_that_wants_no_more_gets_no_more_of_it()
    {
        Put("https://example.org/", 1);
        Run((_, _) => Task.FromResult(new Reception(410, "no", IsFinal: true)));
        await UntilAsync(() => States("failed") == 1);
        Assert.Single(_taken);
    }

    [Fact]
    public void What_was_settled_a_month_ago_is_removed_and_what_was_not_is_kept()
    {
        var now = _clock.GetUtcNow();
        _outbox.Begin(0, null, now);
        Put("https://example.org/", 1, 2, 3);
        _outbox.Note(Due(), new Reception(200, null), now, 0);
        _outbox.Note(Due(), new Reception(410, "no", IsFinal: true), now.AddDays(1), 0);
        _outbox.Clean(now.AddDays(30).AddTicks(-1));
        Assert.Equal(3, _outbox.List(new DeliveryFilter(null, []), 10, null).Count);
        _outbox.Clean(now.AddDays(30));
        Assert.Equal([3, 2], _outbox.List(new DeliveryFilter(null, []), 10, null).Select(one => one.Document.Job));
        _outbox.Clean(now.AddDays(365));
        Assert.Equal([3], _outbox.List(new DeliveryFilter(null, []), 10, null).Select(one => one.Document.Job));

        Delivery Due() => _outbox.FindDue(now, [])!;
    }

    [Fact]
    public void How_much_is_on_its_way_is_known_at_every_moment_and_after_a_restart()
    {
        var settled = new List<bool>();
        _outbox.OnSettled = settled.Add;
        var now = _clock.GetUtcNow();
        _outbox.Begin(0, null, now);
        Assert.Equal(default, _outbox.Load);
        Put(now, EndOf(1));
        Put(now.AddSeconds(5), EndOf(2), EndOf(2), EndOf(3));
        Assert.Equal(new OutboxLoad(3, now.UtcTicks), _outbox.Load);

        _outbox.Note(_outbox.FindDue(now, [])!, new Reception(200, null), now, 0);
        _outbox.Note(_outbox.FindDue(now.AddSeconds(5), [])!, new Reception(500, "no"), now.AddSeconds(5), 0);
        _outbox.Note(_outbox.FindDue(now.AddSeconds(5), [])!, new Reception(410, "no", IsFinal: true), now.AddSeconds(5), 0);
        Assert.Equal(new OutboxLoad(1, now.AddSeconds(5).UtcTicks), _outbox.Load);
        Assert.Equal([true, false], settled);

        _outbox.Redeliver(EndOf(1).Id, now);
        _outbox.Redeliver(EndOf(1).Id, now);
        _outbox.Redeliver("msg_other", now);
        Assert.Equal(new OutboxLoad(2, now.UtcTicks), _outbox.Load);
        _outbox.Dispose();
        _outbox = Outbox.Open(_folder.File("outbox.db"));
        Assert.Equal(new OutboxLoad(2, now.UtcTicks), _outbox.Load);
    }

    [Fact]
    public void What_was_told_long_ago_is_told_of_its_batch_alone_and_never_again()
    {
        var now = _clock.GetUtcNow();
        var since = now.UtcTicks;
        _outbox.Begin(0, null, now);
        Put(now, EndOf(1, since), EndOf(2, since - 5));
        foreach (var _ in new[] { 1, 2 }) _outbox.Note(_outbox.FindDue(now, [])!, new Reception(200, null), now, 0);
        _outbox.Kept = TimeSpan.FromDays(7);

        _outbox.Clean(now.AddDays(7));
        Assert.Empty(_outbox.List(new DeliveryFilter(null, []), 10, null));
        Assert.Equal((0L, 1L), (Rows("told"), Rows("batches")));

        // Records that were made anew tell all of it once more; and a job ends again.
        Put(now.AddDays(8), EndOf(1, since), EndOf(2, since - 5), EndOf(2, since + 1));
        Assert.Equal([2], _outbox.List(new DeliveryFilter(null, []), 10, null).Select(one => one.Document.Job!.Value));
        _outbox.Clean(now.AddDays(20));
        Put(now.AddDays(21), EndOf(2, since + 1));
        Assert.Single(_outbox.List(new DeliveryFilter(null, []), 10, null));
    }

    [Fact]
    public void A_file_of_before_keeps_what_it_told()
    {
        _outbox.Dispose();
        var path = _folder.File("old.db");
        using (var old = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            old.Open();
            old.Execute(
                """
                CREATE TABLE batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
                CREATE TABLE told (batch INTEGER NOT NULL, job INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY (batch, job)) WITHOUT ROWID;
                INSERT INTO batches VALUES (1, 'b-1');
                """);
            old.Execute("INSERT INTO told VALUES (1, 1, @digest)", new { digest = EndOf(1).Digest });
        }
        _outbox = Outbox.Open(path);
        var now = _clock.GetUtcNow();
        _outbox.Begin(0, null, now);
        _outbox.Clean(now.AddDays(90));
        Put(now, EndOf(1), EndOf(2));
        Assert.Equal([2], _outbox.List(new DeliveryFilter(null, []), 10, null).Select(one => one.Document.Job!.Value));
    }

    private long Rows(string table)
    {
        using var file = new SqliteConnection($"Data Source={_folder.File("outbox.db")};Mode=ReadOnly;Pooling=false");
        return file.ExecuteScalar<long>($"SELECT count(*) FROM {table}");
    }

    private void Put(DateTimeOffset now, params OutgoingEvent[] events) =>
        _outbox.Take([.. events.Select(one => new Letter(one, "https://example.org/"))], 1, now);

    private void Put(string url, params int[] jobs) => _outbox.Take(
        [.. jobs.Select(job => new Letter(EndOf(job), url))], 1, _clock.GetUtcNow());

    private static OutgoingEvent EndOf(int job, long since = 1) =>
        new("b-1", job, OutgoingEvent.JobEnded, $"succeeded {since}", since, Encoding.UTF8.GetBytes($"{job}"));

    private void Run(Func<Delivery, CancellationToken, Task<Reception>> take)
    {
        _outbox.Begin(0, null, _clock.GetUtcNow());
        var rounds = new DeliveryRounds(
            _outbox, (delivery, abandon) =>
            {
                _taken.Enqueue((delivery.Url, delivery.Id, Encoding.UTF8.GetString(delivery.Body)));
                return take(delivery, abandon);
            }, _clock, NullLogger.Instance);
        _running = Task.Run(() => rounds.RunAsync(_end.Token, _end.Token));
    }

    private int States(string state) =>
        _outbox.List(new DeliveryFilter(null, []), 500, null)
            .Count(one => one.Document.State.ToString().Equals(state, StringComparison.OrdinalIgnoreCase));

    /// <summary>Turns the clock, a step whenever the rounds wait by it, until something is so.</summary>
    private async Task UntilAsync(Func<bool> isSo, TimeSpan? step = null)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        while (!isSo())
        {
            await _clock.TimerSetAsync().WaitAsync(limit.Token);
            _clock.Advance(step ?? TimeSpan.FromSeconds(1));
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
