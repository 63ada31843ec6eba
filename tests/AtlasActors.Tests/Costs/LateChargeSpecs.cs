using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Costs;

/// <summary>Prices that Atlas tells after a generation's end.</summary>
public class LateChargeSpecs : CrashSpecs
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_price_that_comes_later_replaces_the_estimate_in_batch_ledger_and_manifest()
    {
        Atlas.OnPoll = (id, before) => Answer(id, before >= 1 ? 0.05m : null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3)).Id;
        var ended = RunToRest(atlas, id);
        Assert.Equal((new Usd(0.12m), new Usd(0.12m)), (ended.Money.Charged, ended.Money.Unconfirmed));
        Assert.All(LookAtJobs(atlas, id), job => Assert.False(job.IsCostReported));

        var view = Pass(atlas, id, view => view.Money.Unconfirmed == Usd.Zero && view.Phase == BatchPhase.Finished);

        Assert.Equal((new Usd(0.15m), 3), (view.Money.Charged, view.Count(JobStage.Succeeded)));
        Assert.All(LookAtJobs(atlas, id), job => Assert.True(job.IsCostReported));
        Assert.Equal(3, Atlas.Submitted.Count);
        // Nothing is missing: it is answered when ledger and manifest have what came by itself.
        Assert.Equal(0, Collect(atlas, id).Missing);
        AssertMoneyAgrees(atlas, view);
    }

    [Fact]
    public void A_price_that_never_comes_is_asked_for_three_times_and_no_more()
    {
        Atlas.OnPoll = (id, _) => Answer(id, null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(5)).Id;
        RunToRest(atlas, id);

        var end = Clock.Now + TimeSpan.FromDays(25);
        Pass(atlas, id, _ => Clock.Now > end);

        // A question whose time comes while an answer is awaited is left out.
        Assert.All(Atlas.Polls.Values, polls => Assert.InRange(polls, 1 + 1, 1 + 3));
    }

    [Fact]
    public void A_price_that_is_known_is_not_asked_for()
    {
        Atlas.OnPoll = (id, _) => Answer(id, 0.05m);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3)).Id;
        RunToRest(atlas, id);

        var end = Clock.Now + TimeSpan.FromDays(25);
        Pass(atlas, id, _ => Clock.Now > end);

        Assert.All(Atlas.Polls.Values, polls => Assert.Equal(1, polls));
    }

    [Fact]
    public void However_many_are_missing_four_are_asked_for_at_once()
    {
        var isOver = false;
        var open = 0;
        Atlas.OnPoll = (id, _) =>
        {
            if (!isOver) return Answer(id, null);
            Interlocked.Increment(ref open);
            return new TaskCompletionSource<PollAnswer>().Task;
        };
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(40, workers: 40)).Id;
        RunToRest(atlas, id);
        isOver = true;

        var answer = Collect(atlas, id);

        Assert.Equal((4, 40, 0), (open, answer.Missing, answer.Found));
    }

    [Fact]
    public void Who_asks_at_rest_is_answered_when_ledger_and_manifest_have_all_of_it()
    {
        var isTold = false;
        Atlas.OnPoll = (id, _) => Answer(id, isTold ? 0.07m : null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(6)).Id;
        RunToRest(atlas, id);
        isTold = true;

        var answer = Collect(atlas, id);

        Assert.Equal((6, 0, null), (answer.Found, answer.Missing, answer.Trouble));
        Assert.Equal((BatchPhase.Finished, new Usd(0.42m), Usd.Zero), (answer.Batch.Phase, answer.Batch.Money.Charged, answer.Batch.Money.Unconfirmed));
        AssertMoneyAgrees(atlas, answer.Batch);
        Assert.True(IsSettledAfterRestart(atlas, id));
    }

    [Fact]
    public void A_batch_at_rest_stays_so_to_who_watches_while_charges_come_in()
    {
        var isTold = false;
        Atlas.OnPoll = (id, _) => Answer(id, isTold ? 0.07m : null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunToRest(atlas, id);
        isTold = true;
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        watcher.FishForMessage(message => message is BatchNotice.PhaseChanged, TimeSpan.FromSeconds(30));

        Collect(atlas, id);

        var moved = new[] { watcher.ExpectMsg<BatchNotice.JobMoved>(), watcher.ExpectMsg<BatchNotice.JobMoved>() };
        Assert.Equal([1, 2], moved.Select(notice => notice.Job.Number));
        Assert.All(moved, notice => Assert.True(notice.Job.IsCostReported));
        Assert.False(watcher.HasMessages);
    }

    [Fact]
    public void A_batch_is_taken_up_in_the_middle_of_it_and_ends_with_all_of_it()
    {
        var isTold = false;
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 2 ? new SubmitAnswer.Rejected(new AtlasFailure("no")) : Atlas.Take());
        Atlas.OnPoll = (id, _) => Answer(id, isTold ? 0.07m : null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunToRest(atlas, id);
        isTold = true;
        var asker = CreateTestProbe();
        atlas.Tell(new BatchCommands.CollectCharges(id, int.MaxValue, Minute), asker.Ref);

        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.RetryBatch(id)));
        var view = RunToRest(atlas, id);
        asker.ExpectMsg<ChargesAnswer>(TimeSpan.FromSeconds(30));
        var answer = Collect(atlas, id);

        Assert.Equal((3, BatchPhase.Finished), (view.Count(JobStage.Succeeded), answer.Batch.Phase));
        Assert.Equal((new Usd(0.21m), 0), (answer.Batch.Money.Charged, answer.Missing));
        AssertMoneyAgrees(atlas, answer.Batch);
        Assert.True(IsSettledAfterRestart(atlas, id));
    }

    [Fact]
    public void A_new_start_collects_what_an_earlier_one_left_open()
    {
        Atlas.OnPoll = (id, _) => Answer(id, null);
        var first = StartAtlas("atlas-first");
        var id = Begin(first, Some.Images(3)).Id;
        RunToRest(first, id);
        var lastDay = DateOnly.FromDateTime(Clock.Now.UtcDateTime);
        Crash(first);
        Clock.Advance(TimeSpan.FromDays(20));
        Atlas.OnPoll = (id, _) => Answer(id, 0.03m);

        var second = StartAtlas("atlas-second");
        var answer = Collect(second, id);

        Assert.Equal((3, 0, new Usd(0.09m)), (answer.Found, answer.Missing, answer.Batch.Money.Charged));
        var costs = Assert.IsType<LedgerView>(AskWhileTimePasses(second, new BatchQueries.GetCosts(id)));
        Assert.All(costs.Lines, line => Assert.True(line.Day <= lastDay, $"{line.Day} is when it was told"));
        AssertMoneyAgrees(second, answer.Batch);
    }

    [Fact]
    public void After_thirty_days_nothing_is_asked_for_and_the_estimate_stands_as_such()
    {
        Atlas.OnPoll = (id, _) => Answer(id, null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunToRest(atlas, id);
        Crash(atlas);
        Clock.Advance(TimeSpan.FromDays(31));
        var polls = Atlas.Polls.Values.Sum();
        atlas = StartAtlas("atlas-later");

        var answer = Collect(atlas, id);

        Assert.Equal((0, 1, new Usd(0.04m)), (answer.Found, answer.Missing, answer.Batch.Money.Unconfirmed));
        Assert.Equal(polls, Atlas.Polls.Values.Sum());
    }

    [Fact]
    public void A_refused_key_ends_the_asking_with_a_sentence()
    {
        var isRefused = false;
        Atlas.OnPoll = (id, _) => isRefused
            ? Task.FromResult<PollAnswer>(new PollAnswer.KeyRefused(new AtlasFailure("The key is refused.")))
            : Answer(id, null);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(20)).Id;
        RunToRest(atlas, id);
        isRefused = true;
        var polls = Atlas.Polls.Values.Sum();

        Assert.Equal("The key is refused.", Collect(atlas, id).Trouble);
        Assert.True(Atlas.Polls.Values.Sum() - polls <= 8);
    }

    [Fact]
    public void A_charge_above_the_estimate_counts_against_the_budget_of_what_is_still_to_come()
    {
        Atlas.OnPoll = (id, _) => Answer(id, 0.10m);
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(5, workers: 1), new Usd(0.20m)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((2, 3, new Usd(0.20m)), (view.Count(JobStage.Succeeded), view.Count(JobStage.Refused), view.Money.Charged));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public void Whichever_write_fails_while_charges_come_in_all_three_say_the_same_money(int number, bool isWritten)
    {
        Atlas.OnPoll = (id, _) => Answer(id, null);
        var first = StartAtlas("atlas-first");
        var id = Begin(first, Some.Images(3)).Id;
        RunToRest(first, id);
        Atlas.OnPoll = (id, _) => Answer(id, 0.05m);
        Journal.Tell(new FailingJournal.FailWrite(number, IsWritten: isWritten));
        first.Tell(new BatchCommands.CollectCharges(id, int.MaxValue, Minute), CreateTestProbe().Ref);
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return Atlas.Polls.Values.Sum() >= 6 && EventsOf("").Writes >= Math.Min(number, 1);
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        for (var step = 0; step < 20; step++) Clock.Advance(TimeSpan.FromSeconds(1));
        Crash(first);
        Journal.Tell(new FailingJournal.Mend());

        var second = StartAtlas("atlas-second");
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id)));
        RunToRest(second, id);
        var answer = Collect(second, id);

        Assert.Equal((new Usd(0.15m), 0), (answer.Batch.Money.Charged, answer.Missing));
        AssertMoneyAgrees(second, answer.Batch);
    }

    private static Task<PollAnswer> Answer(string id, decimal? price) =>
        Task.FromResult<PollAnswer>(new PollAnswer.Completed([$"https://cdn.example/{id}.png"], price));

    private ChargesAnswer Collect(IActorRef atlas, BatchId id) => Assert.IsType<ChargesAnswer>(
        AskWhileTimePasses(atlas, new BatchCommands.CollectCharges(id, int.MaxValue, Minute)));

    /// <summary>Lets time pass, hour by hour, until the batch is as expected.</summary>
    private BatchView Pass(IActorRef atlas, BatchId id, Func<BatchView, bool> isAsExpected)
    {
        BatchView view = null!;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromHours(1));
            view = Look(atlas, id);
            return isAsExpected(view);
        }, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(1));
        return view;
    }

    private bool IsSettledAfterRestart(IActorRef atlas, BatchId id)
    {
        Crash(atlas);
        return Look(StartAtlas("atlas-again"), id).Phase == BatchPhase.Finished;
    }
}
