using System.Text.Json;
using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Support;

/// <summary>Tests that take <c>/user/atlas</c> down in the middle and begin it again on the same journal.</summary>
public abstract class CrashSpecs(string settings = "") : AtlasSpecs(settings + """

    akka.persistence.journal.plugin = "failing-journal"
    failing-journal.class = "AtlasActors.Tests.Support.FailingJournal, AtlasActors.Tests"
    failing-journal.circuit-breaker.max-failures = 1000000
    failing-journal.circuit-breaker.call-timeout = 1d
    failing-journal.recovery-event-timeout = 1d
    """)
{
    private protected IActorRef Journal => Persistence.Instance.Apply(Sys).JournalFor("");

    private protected FailingJournal.Events EventsOf(string persistenceId)
    {
        var probe = CreateTestProbe();
        Journal.Tell(new FailingJournal.GetEvents(persistenceId), probe.Ref);
        return probe.ExpectMsg<FailingJournal.Events>();
    }

    /// <summary>The reply, for which the clock is moved on; a sentence in place of what was asked for is given back as it is.</summary>
    private protected object AskWhileTimePasses(IActorRef atlas, object message)
    {
        var probe = CreateTestProbe();
        atlas.Tell(message, probe.Ref);
        AwaitCondition(() =>
        {
            if (!probe.HasMessages) Clock.Advance(TimeSpan.FromSeconds(1));
            return probe.HasMessages;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        return probe.ReceiveOne(TimeSpan.FromSeconds(30))!;
    }

    private protected void Crash(IActorRef atlas)
    {
        var probe = CreateTestProbe();
        probe.Watch(atlas);
        Sys.Stop(atlas);
        probe.ExpectTerminated(atlas, TimeSpan.FromSeconds(30));
    }

    /// <summary>The jobs of which the journal has an intent to submit and no outcome.</summary>
    private protected IReadOnlyList<int> Unanswered(BatchId id)
    {
        var open = new SortedSet<int>();
        foreach (var happened in EventsOf($"batch-{id}").All.OfType<IJobEvent>())
        {
            if (happened is SubmissionStarted) open.Add(happened.Job);
            else open.Remove(happened.Job);
        }
        return [.. open];
    }

    /// <summary>Every job has ended, none was submitted twice, in doubt are these and no others, and all three say the same money.</summary>
    private protected void AssertNothingLostOrDoubled(IActorRef atlas, BatchView view, IReadOnlyList<int> inDoubt)
    {
        var jobs = LookAtJobs(atlas, view.Id);
        Assert.Equal(BatchPhase.Finished, view.Phase);
        Assert.Equal(inDoubt, jobs.Where(job => job.Stage == JobStage.InDoubt).Select(job => job.Number));
        Assert.All(jobs, job => Assert.True(job.Stage is JobStage.Succeeded or JobStage.InDoubt, $"{job.Number}: {job.Stage}, {job.Error}"));
        Assert.Equal(Atlas.Submitted.Distinct().Count(), Atlas.Submitted.Count);
        AssertMoneyAgrees(atlas, view);
    }

    private protected void AssertMoneyAgrees(IActorRef atlas, BatchView view)
    {
        var ledger = Assert.IsType<LedgerView>(AskWhileTimePasses(atlas, new LedgerQueries.GetLedger(view.Id)));
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(OutputDir, "manifest.json")));
        var root = manifest.RootElement;
        Assert.Equal(
            (view.Money.Charged, view.Money.Unconfirmed, view.Money.Reserved, view.Money.InDoubt),
            (ledger.Charged, ledger.Unconfirmed, ledger.Reserved, ledger.InDoubt));
        Assert.Equal(view.Money.Unconfirmed.ToString(), root.GetProperty("unconfirmed_cost").GetRawText());
        Assert.Equal(view.Id.Value, root.GetProperty("batch_id").GetString());
        Assert.Equal((view.Money.Charged.ToString(), view.Money.InDoubt.ToString()),
            (root.GetProperty("total_cost").GetRawText(), root.GetProperty("possible_cost").GetRawText()));
        Assert.Equal((view.Count(JobStage.Succeeded), view.Count(JobStage.InDoubt)),
            (root.GetProperty("successful").GetInt32(), root.GetProperty("in_doubt").GetInt32()));
    }

    private protected static bool IsAtRest(BatchView view) => view.Phase is BatchPhase.Finished or BatchPhase.Halted or BatchPhase.Idle;
}
