using System.Globalization;
using Akka.Actor;
using Akka.TestKit;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>
/// A hundred batches that begin at once and share one budget, while coordinators, the ledger and everything fall at drawn
/// moments. Held against what Atlas took.
/// </summary>
public class BudgetStormSpecs : CrashSpecs
{
    private const int BatchCount = 100;
    private const int Disasters = 20;

    private static readonly Usd Limit = new(5.00m);
    private static readonly decimal[] Prices = [0.03m, 0.05m, 0.11m];
    private static readonly AtlasFailure Trouble = new("It did not work.");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, decimal> _running = [];
    private decimal _taken;
    private decimal _most;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_batches_at_once_never_pass_a_budget_and_spend_what_fits_whatever_falls_and_when(int seed)
    {
        var chance = new Random(seed);
        Script(seed);
        var atlas = Start(0);
        var ids = BeginAll(atlas);
        for (var disaster = 1; disaster <= Disasters; disaster++)
        {
            Pass(chance.Next(1, 4));
            atlas = Strike(atlas, ids, chance, disaster);
        }
        var (views, budget) = Settle(atlas, ids);

        Assert.InRange(_most, 1, Limit.Amount);
        Assert.InRange(budget.Committed.Amount, _taken, Limit.Amount);
        Assert.Equal(Usd.Zero, budget.Reserved);
        Assert.Equal(budget.Committed, views.Select(view => view.Money.Charged + view.Money.InDoubt).Sum());
        var waiting = ids.SelectMany(id => LookAtJobs(atlas, id)).Where(job => job.Stage == JobStage.Queued).ToList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, job => Assert.True(job.Estimate > budget.Left, $"{job.Estimate} fits into {budget.Left}"));
        Crash(atlas);
    }

    private IActorRef Start(int life) => Sys.ActorOf(AtlasSupervisor.Props(new AtlasParts(
        Atlas, Atlas, Atlas,
        Some.Settings with
        {
            AckTimeout = TimeSpan.FromSeconds(20),
            Budgets = [new Budget("films", "team:films", BudgetPeriod.Total, Limit), new Budget("all", null, BudgetPeriod.Month, new Usd(1000))],
        },
        OutputDir, "out", "https://api.example", ContinueUnfinished: true, new Random(life))
    {
        FolderPerBatch = true,
    }), $"atlas-{life}");

    /// <summary>None of them is recorded before all of them were found to fit: only then they are a hundred at once.</summary>
    private List<BatchId> BeginAll(IActorRef atlas)
    {
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("BatchListed", reached, release.Task));
        var ids = Enumerable.Range(1, BatchCount).Select(number => BatchId.Parse(FormattableString.Invariant($"storm-{number}"))).ToList();
        var probe = CreateTestProbe();
        for (var number = 0; number < BatchCount; number++)
            atlas.Tell(new BatchCommands.StartBatch(Films(number), Id: ids[number]), probe.Ref);
        Assert.IsType<BudgetsAnswer>(AskWhileTimePasses(atlas, new BudgetQueries.GetBudgets()));
        release.SetResult();
        for (var number = 0; number < BatchCount; number++) probe.ExpectMsg<BatchView>(TimeSpan.FromSeconds(60));
        Journal.Tell(new FailingJournal.Mend());
        return ids;
    }

    private static BatchDefinition Films(int number) => Some.Batch([.. Enumerable.Range(1, 2).Select(job => Some.Image(job) with
    {
        Body = FormattableString.Invariant($"{number}/{job}/{Prices[(number + job) % 3]}"), Price = new Usd(Prices[(number + job) % 3]),
    })]) with { Labels = new Dictionary<string, string> { ["team"] = "films" } };

    /// <summary>An Atlas that keeps account of all that it has taken, and may have to charge.</summary>
    private void Script(int seed)
    {
        var chance = new Random(seed + 1000);
        Atlas.OnSubmit = (body, _) =>
        {
            var price = decimal.Parse(body.Split('/')[2], CultureInfo.InvariantCulture);
            lock (_lock)
            {
                var fate = chance.Next(100);
                if (fate < 4) return Task.FromResult<SubmitAnswer>(new SubmitAnswer.RateLimited(Trouble, null));
                if (fate < 6) return Task.FromResult<SubmitAnswer>(new SubmitAnswer.Unknown(Trouble));
                _taken += price;
                _most = Math.Max(_most, _taken);
                if (fate < 8) return Task.FromResult<SubmitAnswer>(new SubmitAnswer.Unknown(Trouble));
                var taken = Atlas.Take();
                if (fate < 30) _running[taken.Prediction.Id] = price;
                return Task.FromResult<SubmitAnswer>(taken);
            }
        };
        Atlas.OnPoll = (id, _) =>
        {
            lock (_lock)
            {
                if (!_running.TryGetValue(id, out var price)) return Task.FromResult(ScriptedAtlas.Done(id));
                // It fails, and from now on costs nothing; asked again, it fails again.
                _taken -= price;
                _running[id] = 0;
                return Task.FromResult<PollAnswer>(new PollAnswer.Failed(Trouble, IsFinal: true));
            }
        };
    }

    private IActorRef Strike(IActorRef atlas, List<BatchId> ids, Random chance, int disaster)
    {
        switch (chance.Next(4))
        {
            case 0:
                Crash(atlas);
                return Start(disaster);
            case 1:
                Sys.ActorSelection(atlas.Path / "cost-ledger").Tell(Kill.Instance);
                return atlas;
            default:
                for (var some = 0; some < 10; some++)
                {
                    var id = ids[chance.Next(ids.Count)];
                    Sys.ActorSelection(atlas.Path / $"batch-{id}").Tell(Kill.Instance);
                    atlas.Tell(new BatchCommands.ContinueBatch(id), CreateTestProbe().Ref);
                }
                return atlas;
        }
    }

    /// <summary>Calm that lasts: who waits has asked again meanwhile, should the word that there is room have fallen with the ledger.</summary>
    private (List<BatchView> Views, BudgetView Budget) Settle(IActorRef atlas, List<BatchId> ids)
    {
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 50, "It never comes to rest.");
            Calm(atlas, ids);
            var before = Films(atlas);
            Pass(65);
            var views = Calm(atlas, ids);
            if (Films(atlas) == before && before.Reserved == Usd.Zero) return (views, before);
        }
    }

    private BudgetView Films(IActorRef atlas) =>
        ((BudgetsAnswer)AskWhileTimePasses(atlas, new BudgetQueries.GetBudgets())).Budgets[0];

    /// <summary>Nothing falls any more: every batch comes to its end, or waits for money.</summary>
    private List<BatchView> Calm(IActorRef atlas, List<BatchId> ids)
    {
        List<BatchView> views = [];
        AwaitCondition(() =>
        {
            Pass(5);
            views = All(atlas, ids);
            foreach (var idle in views.Where(view => view.Phase == BatchPhase.Idle))
                atlas.Tell(new BatchCommands.ContinueBatch(idle.Id), CreateTestProbe().Ref);
            return views.Count == ids.Count && views.All(view => view.Phase == BatchPhase.Finished || view.Pause is not null);
        }, TimeSpan.FromSeconds(120), TimeSpan.FromMilliseconds(1));
        return views;
    }

    /// <summary>The batches that answer: one that fell just now does not.</summary>
    private List<BatchView> All(IActorRef atlas, List<BatchId> ids)
    {
        var probe = CreateTestProbe();
        foreach (var id in ids) atlas.Tell(new BatchQueries.GetBatch(id), probe.Ref);
        return [.. ids.Select(_ => probe.ReceiveOne(TimeSpan.FromSeconds(30))).OfType<BatchAnswer>().Select(answer => answer.Batch!)];
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++) Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
