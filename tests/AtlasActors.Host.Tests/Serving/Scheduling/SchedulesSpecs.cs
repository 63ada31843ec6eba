using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Host.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using TemporaryFolder = AtlasActors.Host.Tests.Support.TemporaryFolder;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>The running schedules, by a clock that moves when it is told to; it begins on 2 March 2026 at 6:00 UTC.</summary>
public sealed class SchedulesSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedBatches _batches = new();
    private readonly SemaphoreSlim _begun = new(0);
    private volatile bool _isDiskFull;
    private TaskCompletionSource _news = new();
    private ScheduleLedger _ledger = null!;
    private Schedules _schedules = null!;

    public Task InitializeAsync()
    {
        File.WriteAllText(_folder.File("pack.yaml"), Files.Pack);
        var file = SchedulesFile.Open(_folder.File("schedules.db"));
        SQLitePCL.raw.sqlite3_commit_hook(file.Handle, _ => _isDiskFull ? 1 : 0, null);
        _ledger = new ScheduleLedger(file);
        var start = new ScheduledStart(
            _batches,
            _ =>
            {
                _begun.Release();
                return Task.CompletedTask;
            },
            new SettingsInForce(new ServiceSettings()), arePrivateAllowed: false);
        var rounds = new ScheduleRounds(_ledger, start, _clock, NullLogger.Instance);
        _schedules = new Schedules(_ledger, rounds, () => _news.Task, _clock, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _schedules.DisposeAsync();
        _ledger.Dispose();
        _folder.Dispose();
        _begun.Dispose();
    }

    [Fact]
    public async Task They_fire_when_their_time_comes()
    {
        await _schedules.BeginAsync([Schedule("a", "0 7 * * *"), Schedule("b", "30 7 * * *")]);
        await PassAsync(TimeSpan.FromMinutes(60), "20260302-070000z-a");
        await PassAsync(TimeSpan.FromMinutes(30), "20260302-073000z-b");
        await PassAsync(TimeSpan.FromMinutes(23 * 60) + TimeSpan.FromMinutes(30), "20260303-070000z-a");
        Assert.Equal(3, _batches.Known.Count);
    }

    [Fact]
    public async Task A_clock_that_jumps_a_week_has_each_fire_once()
    {
        await _schedules.BeginAsync([Schedule("a", "0 7 * * *")]);
        await PassAsync(TimeSpan.FromDays(7) + TimeSpan.FromHours(2), "20260309-070000z-a");
        Assert.Single(_batches.Known);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_begins_nothing_and_is_tried_again_until_it_can()
    {
        await _schedules.BeginAsync([Schedule("a", "0 7 * * *")]);
        await _clock.TimerSetAsync();
        _isDiskFull = true;
        foreach (var time in new[] { TimeSpan.FromHours(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5) })
            await _clock.AdvanceWaitingAsync(time).WaitAsync(ProgramProcess.Patience);
        await _clock.TimerSetAsync().WaitAsync(ProgramProcess.Patience);
        Assert.Empty(_batches.Ids);
        _isDiskFull = false;
        await PassAsync(TimeSpan.FromSeconds(5), "20260302-070000z-a");
        Assert.Single(_batches.Known);
    }

    [Fact]
    public async Task One_that_waits_begins_when_a_batch_has_ended()
    {
        await _schedules.BeginAsync([Schedule("a", "0 7,8 * * *") with { Overlap = OverlapPolicy.Queue }]);
        await PassAsync(TimeSpan.FromHours(1), "20260302-070000z-a");
        await _clock.AdvanceWaitingAsync(TimeSpan.FromHours(1));
        await UntilAsync(() => _schedules.List()[0].Queued == 1);
        _batches.Known[0] = _batches.Known[0] with { Phase = BatchPhase.Finished };
        Interlocked.Exchange(ref _news, new TaskCompletionSource()).SetResult();
        // How soon they see it is theirs to say.
        await UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _begun.CurrentCount > 0;
        });
        Assert.Equal("20260302-080000z-a", _batches.Known[^1].Id.Value);
    }

    [Fact]
    public async Task Those_that_are_put_in_their_place_fire_in_their_place()
    {
        await _schedules.BeginAsync([Schedule("a", "0 7 * * *")]);
        await _clock.TimerSetAsync();
        await _schedules.ReplaceAsync([Schedule("b", "15 6 * * *")]);
        Assert.Equal(["b"], _schedules.List().Select(schedule => schedule.Name));
        await PassAsync(TimeSpan.FromMinutes(90), "20260302-061500z-b");
        Assert.Single(_batches.Known);
    }

    [Fact]
    public async Task A_start_that_is_under_way_is_waited_for_and_none_begins_after_the_end()
    {
        var (starting, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        _batches.Starting = held.Task;
        _batches.Recording = _ => starting.SetResult();
        await _schedules.BeginAsync([Schedule("a", "0 7 * * *")]);
        await _clock.AdvanceWaitingAsync(TimeSpan.FromHours(1));
        await UntilAsync(() => _schedules.List()[0].Last is not null);
        var ending = _schedules.DisposeAsync().AsTask();
        Assert.False(ending.IsCompleted);
        held.SetResult();
        await ending.WaitAsync(ProgramProcess.Patience);
        await starting.Task.WaitAsync(ProgramProcess.Patience);
        Assert.Equal(FiringState.Started, _schedules.List()[0].Last!.State);
        var refused = await Assert.ThrowsAsync<ProblemException>(
            () => _schedules.FireAsync(_schedules.Find("a")!, BatchId.Parse("late")));
        Assert.Equal(503, refused.Status);
        _schedules = new Schedules(_ledger, null!, () => _news.Task, _clock, NullLogger.Instance);
    }

    /// <summary>Time passes as soon as they rest, and a batch of this id begins.</summary>
    private async Task PassAsync(TimeSpan time, string batch)
    {
        await _clock.AdvanceWaitingAsync(time).WaitAsync(ProgramProcess.Patience);
        Assert.True(await _begun.WaitAsync(ProgramProcess.Patience), $"{batch} never began.");
        Assert.Equal(batch, _batches.Known[^1].Id.Value);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo()) await ticks.WaitForNextTickAsync(limit.Token);
    }

    private ScheduleSettings Schedule(string name, string cron) =>
        new(name, CronTimes.Find(cron, "UTC")!, "pack.yaml", _folder.File("pack.yaml")) { Overlap = OverlapPolicy.Allow };
}
