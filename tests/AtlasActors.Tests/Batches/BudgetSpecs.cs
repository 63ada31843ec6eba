using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Tests.Batches;

/// <summary>Budgets of the configuration: an image is estimated at USD 0.04.</summary>
public class BudgetSpecs : CrashSpecs
{
    private static readonly Dictionary<string, string> Films = new() { ["team"] = "films" };

    [Fact]
    public void A_batch_that_would_pass_a_budget_is_refused_with_the_figures_and_nothing_is_recorded()
    {
        var atlas = StartWith(new Budget("films", "team:films", BudgetPeriod.Total, new Usd(0.10m)));
        RunToRest(atlas, Begin(atlas, Some.Images(1) with { Labels = Films }).Id);

        atlas.Tell(new BatchCommands.StartBatch(Some.Images(2) with { Labels = Films }), TestActor);

        var refused = Assert.IsType<BudgetException>(ExpectMsg<Status.Failure>().Cause);
        Assert.Equal(
            "The budget 'films' (USD 0.1000) does not reach for this batch, which is estimated to cost USD 0.0800: USD 0.0400 is spent, "
            + "USD 0.0000 reserved and USD 0.0000 in doubt, so USD 0.0600 is left. Raise the limit, or make the batch smaller.",
            refused.Message);
        Assert.Equal((new Usd(0.08m), new Usd(0.06m)), (refused.Estimate, refused.Budget.Left));
        Assert.Single(Ids(atlas));
        Assert.Single(Atlas.Submitted);

        // One that fits, and one that the budget does not touch.
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, Begin(atlas, Some.Images(1) with { Labels = Films }).Id).Phase);
        Assert.Equal(BatchPhase.Finished, RunToRest(atlas, Begin(atlas, Some.Images(5)).Id).Phase);
    }

    [Fact]
    public void A_batch_that_reaches_a_budget_waits_says_why_and_goes_on_by_itself_when_the_day_turns()
    {
        Clock.AdvanceTo(Midnight().AddHours(1));
        ChargeEach(0.06m);
        var atlas = StartWith(new Budget("films-daily", "team:films", BudgetPeriod.Day, new Usd(0.12m)));
        var id = Begin(atlas, Some.Images(3, workers: 1) with { Labels = Films }).Id;

        var waiting = RunUntil(atlas, id, view => view.Pause is not null);

        var next = Midnight();
        var why = $"the budget 'films-daily' (USD 0.1200 a day) is used up: USD 0.1200 is spent or on its way; it begins anew at {next:yyyy-MM-dd} 00:00 UTC";
        Assert.Equal((BatchPhase.Running, null, 2), (waiting.Phase, waiting.Halt, waiting.Count(JobStage.Succeeded)));
        Assert.Equal(("films-daily", $"T{why[1..]}.", next), (waiting.Pause!.Budget, waiting.Pause.Message, waiting.Pause.BeginsAnew));
        Assert.Equal((JobStage.Queued, why), (LookAtJobs(atlas, id)[2].Stage, LookAtJobs(atlas, id)[2].Why));

        Clock.AdvanceTo(next.AddMinutes(-2));
        RunUntil(atlas, id, _ => Clock.Now > next.AddSeconds(-5));
        Assert.Equal(2, Atlas.Submitted.Count);
        Assert.Equal((BatchPhase.Finished, 3), (RunToRest(atlas, id).Phase, Atlas.Submitted.Count));
        Assert.True(Clock.Now > next);
        Assert.Equal(new Usd(0.06m), Budgets(atlas).Single().Spent);
    }

    [Fact]
    public void A_batch_that_waits_goes_on_at_once_when_the_limit_is_raised()
    {
        ChargeEach(0.06m);
        var budget = new Budget("all", null, BudgetPeriod.Total, new Usd(0.12m));
        var atlas = StartWith(budget);
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunUntil(atlas, id, view => view.Pause is not null);
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        watcher.FishForMessage(message => message is BatchNotice.PhaseChanged { Batch.Pause: not null });

        var set = Set(atlas, budget with { Limit = new Usd(0.20m) });

        Assert.Equal((new Usd(0.12m), new Usd(0.08m)), (set.Single().Spent, set.Single().Left));
        watcher.FishForMessage(message => message is BatchNotice.PhaseChanged { Batch: { Phase: BatchPhase.Running, Pause: null } });
        Assert.Equal((BatchPhase.Finished, 3), (RunToRest(atlas, id).Phase, Atlas.Submitted.Count));
    }

    [Fact]
    public void Budgets_that_are_not_in_order_are_told_all_at_once_and_those_in_force_stay()
    {
        var budget = new Budget("all", null, BudgetPeriod.Total, new Usd(1));
        var atlas = StartWith(budget);
        atlas.Tell(new BudgetCommands.SetBudgets([budget, budget with { Label = "films" }, budget with { Name = "My", Limit = new Usd(-1) }]), TestActor);

        Assert.Equal("""
            The budgets are not in order, and stay as they are:
            - budget 2: name is 'all', as of another budget: give each a name of its own.
            - budget 2: label is 'films': give a label's name and text, such as team:films, or leave it out for all batches.
            - budget 3: name is 'My': give a small letter from a to z, then at most 62 of these, digits, '_', '.' and '-'.
            - budget 3: limit is -1: give US dollars from 0 to 10000000, such as 50.00.
            """, ExpectMsg<Status.Failure>().Cause.Message);
        Assert.Equal(budget, Budgets(atlas).Single().Budget);
    }

    [Fact]
    public void What_comes_back_of_one_batch_another_goes_on_with()
    {
        var end = new TaskCompletionSource<PollAnswer>();
        Atlas.OnPoll = (id, _) => id == "p1"
            ? end.Task
            : Task.FromResult<PollAnswer>(new PollAnswer.Completed([$"https://cdn.example/{id}.png"], 0.06m));
        var atlas = StartWith(new Budget("all", null, BudgetPeriod.Total, new Usd(0.16m)));
        var first = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, first, view => view.Count(JobStage.Generating) == 1);
        var second = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunUntil(atlas, second, view => view.Pause is not null);
        var used = Budgets(atlas).Single();
        Assert.Equal((new Usd(0.12m), new Usd(0.04m), Usd.Zero), (used.Spent, used.Reserved, used.Left));

        end.SetResult(new PollAnswer.Failed(new AtlasFailure("no"), IsFinal: true));

        Assert.Equal(1, RunToRest(atlas, first).Count(JobStage.Failed));
        Assert.Equal(3, RunToRest(atlas, second).Count(JobStage.Succeeded));
    }

    [Fact]
    public void A_batch_that_is_stopped_while_it_waits_is_halted_by_the_budget_and_a_resume_goes_on()
    {
        ChargeEach(0.06m);
        var budget = new Budget("all", null, BudgetPeriod.Total, new Usd(0.12m));
        var atlas = StartWith(budget);
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunUntil(atlas, id, view => view.Pause is not null);

        var stopped = (BatchView)AskWhileTimePasses(atlas, new BatchCommands.StopBatch(id));

        Assert.Equal((BatchPhase.Halted, HaltReason.BudgetReached, null), (stopped.Phase, stopped.Halt, stopped.Pause));
        Assert.Equal("The budget 'all' (USD 0.1200) is used up: USD 0.1200 is spent or on its way.", stopped.HaltMessage);
        Set(atlas, budget with { Limit = new Usd(1) });
        AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal((BatchPhase.Finished, 3), (RunToRest(atlas, id).Phase, Atlas.Submitted.Count));
    }

    [Fact]
    public async Task A_batch_that_no_budget_touches_reserves_nothing_and_one_that_is_touched_reserves_before_it_submits()
    {
        var atlas = StartWith(new Budget("films", "team:films", BudgetPeriod.Month, new Usd(1)));
        RunToRest(atlas, Begin(atlas, Some.Images(3)).Id);
        Assert.DoesNotContain(EventsOf("cost-ledger").All, e => e is MoneyReserved or AccountLabelled or ReservationsReleased);

        var submitted = Atlas.Submitted.Count;
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite(nameof(MoneyReserved), reached, release.Task));
        var id = Begin(atlas, Some.Images(3, workers: 1) with { Labels = Films }).Id;
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var asked = Clock.Now;
        RunUntil(atlas, id, _ => Clock.Now > asked.AddMinutes(1));
        Assert.Equal(submitted, Atlas.Submitted.Count);
        release.SetResult();
        RunToRest(atlas, id);
        Assert.Equal(submitted + 3, Atlas.Submitted.Count);
        Assert.Equal(new Usd(0.12m), Budgets(atlas).Single().Spent);
    }

    [Fact]
    public void What_was_reserved_for_a_submission_that_never_came_to_be_is_given_back()
    {
        var budget = new Budget("all", null, BudgetPeriod.Total, new Usd(0.08m));
        var first = StartWith(budget);
        Journal.Tell(new FailingJournal.FailWrite(2, "batch-2"));
        var id = ((BatchView)AskWhileTimePasses(first, new BatchCommands.StartBatch(Some.Images(2, workers: 2)))).Id;
        AwaitAssert(() => Assert.Contains(EventsOf("cost-ledger").All, e => e is MoneyReserved));
        Crash(first);
        Journal.Tell(new FailingJournal.Mend());
        Assert.Empty(Atlas.Submitted);

        var second = StartWith(budget, "second");
        Assert.NotEqual(Usd.Zero, Budgets(second).Single().Reserved);
        AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id));
        RunToRest(second, id);

        Assert.Contains(EventsOf("cost-ledger").All, e => e is ReservationsReleased);
        Assert.Equal((new Usd(0.08m), Usd.Zero), (Budgets(second).Single().Spent, Budgets(second).Single().Reserved));
        Assert.Equal(2, Atlas.Submitted.Count);
    }

    [Fact]
    public async Task A_word_of_the_ledger_that_is_lost_with_it_is_asked_for_again()
    {
        var atlas = StartWith(new Budget("all", null, BudgetPeriod.Total, new Usd(0.04m)));
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite(nameof(MoneyReserved), reached, release.Task));
        var id = Begin(atlas, Some.Images(1)).Id;
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var ledger = await Sys.ActorSelection(atlas.Path / "cost-ledger").ResolveOne(TimeSpan.FromSeconds(30));
        Crash(ledger);
        release.SetResult();

        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal((new Usd(0.04m), Usd.Zero), (Budgets(atlas).Single().Spent, Budgets(atlas).Single().Reserved));
    }

    [Fact]
    public void The_file_s_own_budget_holds_where_nobody_says_otherwise()
    {
        var atlas = StartAtlas();
        var definition = Some.Images(3, workers: 1) with { Budget = new Usd(0.08m) };

        var byFile = RunToRest(atlas, Begin(atlas, definition).Id);
        var byStart = RunToRest(atlas, Begin(atlas, definition, new Usd(0.04m)).Id);

        Assert.Equal((2, 1), (byFile.Count(JobStage.Succeeded), byFile.Count(JobStage.Refused)));
        Assert.Equal((1, 2), (byStart.Count(JobStage.Succeeded), byStart.Count(JobStage.Refused)));
    }

    [Fact]
    public void A_batch_at_its_end_is_kept_as_lines_and_by_submission_again_while_it_works()
    {
        Atlas.OnPoll = (id, _) => Task.FromResult(
            id == "p2" ? new PollAnswer.Failed(new AtlasFailure("no"), IsFinal: true) : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        var ended = RunToRest(atlas, id);
        AwaitAssert(() => Assert.IsType<AccountClosed>(EventsOf("cost-ledger").All[^1]));
        AssertMoneyAgrees(atlas, ended);

        AskWhileTimePasses(atlas, new BatchCommands.RetryBatch(id));
        var again = RunToRest(atlas, id);

        AwaitAssert(() => Assert.IsType<AccountClosed>(EventsOf("cost-ledger").All[^1]));
        AssertMoneyAgrees(atlas, again);
        Assert.Equal(3, again.Count(JobStage.Succeeded));
        var events = EventsOf("cost-ledger").All;
        Assert.Equal((1, 2), (events.OfType<AccountOpened>().Count(), events.OfType<AccountClosed>().Count()));

        // Taken up with nothing to do, it changes nothing.
        AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id));
        AssertMoneyAgrees(atlas, RunToRest(atlas, id));
        Assert.Equal(events.Count, EventsOf("cost-ledger").All.Count);
    }

    private IActorRef StartWith(Budget budget, string name = "atlas") => StartAtlas(name, settings: Some.Settings with { Budgets = [budget] });

    private void ChargeEach(decimal price) =>
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(new PollAnswer.Completed([$"https://cdn.example/{id}.png"], price));

    private DateTimeOffset Midnight() => new(Clock.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private IReadOnlyList<BudgetView> Budgets(IActorRef atlas) =>
        ((BudgetsAnswer)AskWhileTimePasses(atlas, new BudgetQueries.GetBudgets())).Budgets;

    private IReadOnlyList<BudgetView> Set(IActorRef atlas, Budget budget) =>
        ((BudgetsAnswer)AskWhileTimePasses(atlas, new BudgetCommands.SetBudgets([budget]))).Budgets;

    private IReadOnlyList<BatchId> Ids(IActorRef atlas) =>
        ((SupervisorMessages.BatchIds)AskWhileTimePasses(atlas, new SupervisorMessages.GetBatchIds())).Batches;
}
