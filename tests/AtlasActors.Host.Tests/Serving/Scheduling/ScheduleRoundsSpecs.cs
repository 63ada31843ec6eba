using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>What becomes of schedules as time passes, processes end, and their configuration changes.</summary>
public sealed class ScheduleRoundsSpecs : IDisposable
{
    private readonly ScheduledWorld _world = new(At("2026-11-23T06:30Z"));

    [Fact]
    public async Task A_new_schedule_fires_from_now_on()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        var rest = await _world.AtAsync(At("2026-11-23T06:59:59Z"));
        Assert.Empty(_world.Begun);
        Assert.Equal(At("2026-11-23T07:00Z"), rest.Next);

        rest = await _world.AtAsync(At("2026-11-23T07:00Z"));
        Assert.Equal(["20261123-070000z-pack"], _world.Begun);
        Assert.Equal(At("2026-11-23T08:00Z"), rest.Next);
    }

    [Fact]
    public async Task The_batch_is_the_file_with_the_schedule_s_label_budget_and_webhook()
    {
        await _world.RestartAsync(_world.Schedule("0 7 * * *") with
        {
            MaxCost = new Usd(5), Labels = new Dictionary<string, string> { ["team"] = "films" }, Webhook = "https://example.org/hooks",
        });
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        Assert.Equal(["start with 5.0000"], _world.Batches.Asked);
        var started = _world.Batches.Started!;
        Assert.Equal("pack.yaml", started.Source);
        Assert.Equal([("schedule", "pack"), ("team", "films")], started.Labels.Select(label => (label.Key, label.Value)));
        Assert.Equal(new BatchWebhook("https://example.org/hooks"), started.Webhook);
        Assert.Equal(2, started.Jobs.Count);
    }

    [Theory]
    [InlineData("once", "2026-11-27 07:00 started")]
    [InlineData("skip", "2026-11-27 07:00 missed")]
    [InlineData("all", "2026-11-23 07:00 started, 2026-11-24 07:00 started, 2026-11-25 07:00 started, 2026-11-26 07:00 started, 2026-11-27 07:00 started")]
    public async Task After_days_of_downtime_what_was_missed_is_seen_to_once(string misfire, string wanted)
    {
        var schedule = _world.Schedule("0 7 * * *", misfire: Words.Find<MisfirePolicy>(misfire)!.Value);
        await _world.RestartAsync(schedule);
        _world.Clock.Now = At("2026-11-27T09:00Z");
        foreach (var _ in Enumerable.Range(1, 3))
        {
            await _world.RestartAsync(schedule);
            await _world.Rounds.RunAsync();
        }
        Assert.Equal(wanted, string.Join(", ", _world.Firings("yyyy-MM-dd HH:mm")));
        Assert.Equal(wanted.Split("started").Length - 1, _world.Begun.Count());
    }

    [Fact]
    public async Task Of_many_missed_firings_so_many_begin_a_round_until_all_have()
    {
        var schedule = _world.Schedule("* * * * * *", misfire: MisfirePolicy.All);
        await _world.RestartAsync(schedule);
        var now = _world.Clock.Now.AddSeconds(250);
        Assert.Equal(now.AddSeconds(-149), (await _world.AtAsync(now)).Next);
        Assert.Equal(100, _world.Begun.Count());
        await _world.RestartAsync(schedule);
        await _world.Rounds.RunAsync();
        Assert.Equal(now.AddSeconds(1), (await _world.Rounds.RunAsync()).Next);
        Assert.Equal(
            Enumerable.Range(1, 250).Select(second => Firing.IdOf("pack", now.AddSeconds(second - 250)).Value), _world.Begun);
    }

    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00Z", "29 01:00, 30 00:30")]
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "25 00:30, 26 01:30")]
    [InlineData("0 2,3 * * *", "2026-03-28T12:00Z", "29 01:00, 30 00:00, 30 01:00")]
    public async Task On_days_on_which_the_clocks_are_put_it_fires_once_whatever_restarts(string cron, string from, string wanted)
    {
        var schedule = _world.Schedule(cron, zone: "Europe/Berlin");
        _world.Clock.Now = At(from);
        await _world.RestartAsync(schedule);
        for (var now = At(from); now <= At(from).AddHours(40); now += TimeSpan.FromMinutes(10))
        {
            await _world.AtAsync(now);
            await _world.RestartAsync(schedule);
        }
        Assert.Equal(wanted.Split(", ").Select(time => $"{time} started"), _world.Firings("dd HH:mm"));
        Assert.Equal(_world.Firings().Count, _world.Begun.Count());
    }

    [Fact]
    public async Task With_skip_a_firing_is_left_out_while_the_batch_before_has_not_ended()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *", OverlapPolicy.Skip));
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        await _world.AtAsync(At("2026-11-23T08:00Z"));
        Assert.Equal("The batch before it had not ended: 20261123-070000z-pack.", _world.Ledger.Last("pack")!.Note);
        _world.End("20261123-070000z-pack");
        await _world.AtAsync(At("2026-11-23T09:00Z"));
        Assert.Equal(["07:00 started", "08:00 skipped", "09:00 started"], _world.Firings());
    }

    [Fact]
    public async Task With_queue_each_firing_starts_when_those_before_it_have_ended()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *", OverlapPolicy.Queue));
        foreach (var hour in new[] { 7, 8, 9 }) Assert.Equal(hour > 7, (await _world.AtAsync(At($"2026-11-23T0{hour}:00Z"))).AreQueued);
        Assert.Equal(["20261123-070000z-pack"], _world.Begun);

        _world.End("20261123-070000z-pack");
        await _world.Rounds.RunAsync();
        Assert.Equal(["07:00 started", "08:00 started", "09:00 queued"], _world.Firings());
        _world.End("20261123-080000z-pack");
        Assert.False((await _world.Rounds.RunAsync()).AreQueued);
        Assert.Equal(["20261123-070000z-pack", "20261123-080000z-pack", "20261123-090000z-pack"], _world.Begun);
    }

    [Fact]
    public async Task A_batch_that_is_in_the_journal_no_more_holds_up_nobody()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *", OverlapPolicy.Skip));
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        _world.Batches.Known.Clear();
        await _world.AtAsync(At("2026-11-23T08:00Z"));
        Assert.Equal(["07:00 started", "08:00 started"], _world.Firings());
    }

    [Fact]
    public async Task A_file_that_is_not_in_order_fails_its_firing_and_not_the_next()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        await File.WriteAllTextAsync(_world.PackFile, Files.TenMistakes);
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        Assert.Contains("The batch file is not in order: pack.yaml:1:", _world.Ledger.Last("pack")!.Note, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_world.PackFile, Files.Pack);
        await _world.AtAsync(At("2026-11-23T07:30Z"));
        Assert.Equal(["07:00 failed"], _world.Firings());
        await _world.AtAsync(At("2026-11-23T08:00Z"));
        Assert.Equal(["07:00 failed", "08:00 started"], _world.Firings());
    }

    [Fact]
    public async Task A_used_up_budget_fails_its_firing_and_not_the_next()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        _world.Batches.Budgets.Add(new BudgetView(
            new Budget("films", null, BudgetPeriod.Day, new Usd(5)), new Usd(5), Usd.Zero, Usd.Zero, DateTimeOffset.UnixEpoch));
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        Assert.Contains("The budget 'films'", _world.Ledger.Last("pack")!.Note, StringComparison.Ordinal);
        _world.Batches.Budgets.Clear();
        await _world.AtAsync(At("2026-11-23T08:00Z"));
        Assert.Equal(["07:00 failed", "08:00 started"], _world.Firings());
    }

    [Fact]
    public async Task A_start_of_which_nobody_knows_is_asked_for_again_under_the_same_id()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        _world.Batches.Failing = new BatchException("The journal fails.");
        Assert.True((await _world.AtAsync(At("2026-11-23T07:00Z"))).IsUncertain);
        Assert.Equal(["07:00 due"], _world.Firings());
        _world.Batches.Failing = null;
        Assert.False((await _world.AtAsync(At("2026-11-23T07:10Z"))).IsUncertain);
        Assert.Equal(["20261123-070000z-pack"], _world.Begun);
    }

    [Fact]
    public async Task A_file_that_was_changed_after_a_crash_starts_no_second_batch()
    {
        var schedule = _world.Schedule("0 * * * *");
        await _world.RestartAsync(schedule);
        // The day's cleaning, the decision, and the batch: what came of it is recorded no more.
        _world.CrashAfter(3);
        await Assert.ThrowsAnyAsync<Exception>(() => _world.AtAsync(At("2026-11-23T07:00Z")));
        Assert.Equal(["07:00 due"], _world.Firings());
        await File.WriteAllTextAsync(_world.PackFile, Files.TenMistakes);
        await _world.RestartAsync(schedule);
        await _world.Rounds.RunAsync();
        Assert.Equal(["07:00 started"], _world.Firings());
        Assert.Equal(["20261123-070000z-pack"], _world.Begun);
    }

    [Fact]
    public async Task Other_times_hold_from_when_they_are_known_and_what_was_missed_by_the_old_ones_is_made_up_for()
    {
        await _world.RestartAsync(_world.Schedule("0 7 * * *"));
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        _world.Clock.Now = At("2026-11-24T12:30Z");
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        await _world.Rounds.RunAsync();
        Assert.Equal(["23 07:00 started", "24 07:00 started"], _world.Firings("dd HH:mm"));
        await _world.AtAsync(At("2026-11-24T13:00Z"));
        Assert.Equal(["23 07:00 started", "24 07:00 started", "24 13:00 started"], _world.Firings("dd HH:mm"));
    }

    [Fact]
    public async Task A_schedule_that_was_taken_out_and_comes_back_begins_anew()
    {
        var schedule = _world.Schedule("0 * * * *", OverlapPolicy.Queue);
        await _world.RestartAsync(schedule);
        foreach (var hour in new[] { 7, 8 }) await _world.AtAsync(At($"2026-11-23T0{hour}:00Z"));
        await _world.Rounds.ReplaceAsync([]);
        await _world.AtAsync(At("2026-11-23T09:00Z"));
        Assert.Equal(["07:00 started", "08:00 skipped"], _world.Firings());

        _world.Clock.Now = At("2026-11-23T12:30Z");
        _world.End("20261123-070000z-pack");
        await _world.RestartAsync(schedule);
        await _world.AtAsync(At("2026-11-23T13:00Z"));
        Assert.Equal(["07:00 started", "08:00 skipped", "13:00 started"], _world.Firings());
    }

    [Fact]
    public async Task What_its_times_were_while_it_was_paused_is_made_up_for_by_nobody()
    {
        var schedule = _world.Schedule("0 * * * *");
        await _world.RestartAsync(schedule);
        _world.Rounds.Pause("pack", isPaused: true);
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        await _world.RestartAsync(schedule);
        Assert.Null((await _world.AtAsync(At("2026-11-23T08:30Z"))).Next);
        _world.Rounds.Pause("pack", isPaused: false);
        await _world.AtAsync(At("2026-11-23T08:31Z"));
        Assert.Empty(_world.Firings());
        await _world.AtAsync(At("2026-11-23T09:00Z"));
        Assert.Equal(["09:00 started"], _world.Firings());
    }

    [Fact]
    public async Task A_configuration_that_pauses_it_and_one_that_does_no_more_begin_anew_too()
    {
        await _world.RestartAsync(_world.Schedule("0 * * * *") with { IsPaused = true });
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        _world.Clock.Now = At("2026-11-23T08:30Z");
        await _world.RestartAsync(_world.Schedule("0 * * * *"));
        await _world.Rounds.RunAsync();
        Assert.Empty(_world.Firings());
        await _world.AtAsync(At("2026-11-23T09:00Z"));
        Assert.Equal(["09:00 started"], _world.Firings());
    }

    [Fact]
    public async Task What_a_person_asks_for_fires_at_once_and_once_by_its_id()
    {
        var schedule = _world.Schedule("0 * * * *", OverlapPolicy.Skip);
        await _world.RestartAsync(schedule);
        await _world.AtAsync(At("2026-11-23T07:00Z"));
        _world.Rounds.Pause("pack", isPaused: true);
        _world.Clock.Now = At("2026-11-23T07:15Z");
        foreach (var _ in Enumerable.Range(1, 2))
            Assert.IsType<StartOutcome.Started>(await _world.Rounds.FireAsync(schedule, BatchId.Parse("asked-1")));
        Assert.Equal(["20261123-070000z-pack", "asked-1"], _world.Begun);
        Assert.Equal(["07:00 started", "07:15 started"], _world.Firings());
    }

    [Fact]
    public async Task What_a_person_asked_for_and_was_refused_can_be_asked_for_again()
    {
        var schedule = _world.Schedule("0 * * * *");
        await _world.RestartAsync(schedule);
        await File.WriteAllTextAsync(_world.PackFile, Files.TenMistakes);
        Assert.IsType<StartOutcome.Unreadable>(await _world.Rounds.FireAsync(schedule, BatchId.Parse("asked-1")));
        await File.WriteAllTextAsync(_world.PackFile, Files.Pack);
        Assert.IsType<StartOutcome.Started>(await _world.Rounds.FireAsync(schedule, BatchId.Parse("asked-1")));
        Assert.Equal(["06:30 started"], _world.Firings());
    }

    [Fact]
    public async Task What_ended_is_forgotten_after_90_days_but_for_the_last()
    {
        var schedule = _world.Schedule("0 7 1 * *");
        await _world.RestartAsync(schedule);
        foreach (var day in new[] { "2026-12-01", "2027-01-01", "2027-02-01" })
        {
            await _world.AtAsync(At($"{day}T07:00Z"));
            _world.End(Firing.IdOf("pack", At($"{day}T07:00Z")).Value);
        }
        await _world.Rounds.ReplaceAsync([]);
        await _world.AtAsync(At("2028-01-01T00:00Z"));
        Assert.Equal(["2027-02-01 started"], _world.Firings("yyyy-MM-dd"));
    }

    public void Dispose() => _world.Dispose();

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
