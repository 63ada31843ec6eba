using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>A finished batch's journal made short: everything that can be asked of it is answered as before.</summary>
public class BatchCompactionSpecs() : CrashSpecs("""

    akka.persistence.snapshot-store.plugin = "failing-snapshots"
    failing-snapshots.class = "AtlasActors.Tests.Support.FailingSnapshots, AtlasActors.Tests"
    failing-snapshots.circuit-breaker.max-failures = 1000000
    failing-journal.circuit-breaker.call-timeout = 1d
    """)
{
    private static readonly AtlasFailure No = new("No.");
    private static readonly JsonSerializerOptions Plain = new() { Converters = { new AmountJson() } };

    /// <summary>What fails on the way: a store, for whose stream, and whether it did its work all the same.</summary>
    public static TheoryData<bool, string, bool> Faults => new()
    {
        { true, "manifest", false }, { true, "manifest", true }, { false, "manifest", false }, { false, "manifest", true },
        { true, "batch", false }, { true, "batch", true }, { false, "batch", false }, { false, "batch", true },
    };

    [Fact]
    public void Its_events_are_gone_and_after_a_crash_all_of_it_is_as_before()
    {
        var (atlas, id) = Finished();
        var before = Known(atlas, id);

        var compacted = Ask(atlas, new BatchCommands.CompactBatch(id));
        Assert.Equal(before.Revision, compacted.Revision);
        Assert.Empty(EventsOf($"batch-{id}").All);
        Assert.Empty(EventsOf($"manifest-{id}").All);
        Crash(atlas);
        atlas = StartAtlas("again");

        var revisions = (SupervisorMessages.BatchRevisions)AskWhileTimePasses(atlas, new SupervisorMessages.GetRevisions());
        Assert.Equal(before.Revision, revisions.Revisions[id]);
        Assert.Equal(before.Text, Known(atlas, id).Text);
        AssertMoneyAgrees(atlas, Look(atlas, id));
    }

    [Fact]
    public void What_failed_can_be_retried_and_what_comes_then_is_counted_on()
    {
        var (atlas, id) = Finished();
        var before = Ask(atlas, new BatchCommands.CompactBatch(id));
        Crash(atlas);
        atlas = StartAtlas("again");
        Atlas.OnSubmit = null;

        Ask(atlas, new BatchCommands.RetryBatch(id));
        var after = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Finished, 4, 0), (after.Phase, after.Count(JobStage.Succeeded), after.Count(JobStage.Failed)));
        Assert.Equal(5, Atlas.Submitted.Count);
        Assert.Equal(before.Revision + EventsOf($"batch-{id}").All.Count, after.Revision);
        AssertMoneyAgrees(atlas, after);
        var known = Known(atlas, id);
        Crash(atlas);
        Assert.Equal(known.Text, Known(StartAtlas("third"), id).Text);
    }

    [Fact]
    public void A_second_time_with_nothing_new_writes_nothing_and_with_something_new_puts_that_in_too()
    {
        var (atlas, id) = Finished();
        Ask(atlas, new BatchCommands.CompactBatch(id));
        Snapshots.Tell(new FailingSnapshots.FailSave(""));
        Ask(atlas, new BatchCommands.CompactBatch(id));
        Snapshots.Tell(new FailingJournal.Mend());

        Ask(atlas, new BatchCommands.RetryBatch(id));
        RunToRest(atlas, id);
        Assert.NotEmpty(EventsOf($"batch-{id}").All);
        var known = Known(atlas, id);
        Ask(atlas, new BatchCommands.CompactBatch(id));

        Assert.Empty(EventsOf($"batch-{id}").All);
        Crash(atlas);
        Assert.Equal(known.Text, Known(StartAtlas("again"), id).Text);
    }

    [Fact]
    public void What_is_being_written_when_its_turn_comes_is_not_lost()
    {
        var (atlas, id) = Finished();
        Atlas.OnSubmit = null;
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Journal.Tell(new FailingJournal.HoldWrite("JobRetried", reached, release.Task));
        var (compacter, retrier) = (CreateTestProbe(), CreateTestProbe());

        // While the manifest is made short the retry is on its way to the journal.
        atlas.Tell(new BatchCommands.CompactBatch(id), compacter.Ref);
        atlas.Tell(new BatchCommands.RetryBatch(id), retrier.Ref);
        AwaitCondition(() => reached.Task.IsCompleted && EventsOf($"manifest-{id}").All.Count == 0, TimeSpan.FromSeconds(30));
        Look(atlas, id);
        Journal.Tell(new FailingJournal.Mend());
        release.SetResult();

        compacter.ExpectMsg<Status.Failure>(TimeSpan.FromSeconds(30));
        retrier.ExpectMsg<BatchView>(TimeSpan.FromSeconds(30));
        var after = RunToRest(atlas, id);
        Assert.Equal((4, 0), (after.Count(JobStage.Succeeded), after.Count(JobStage.Failed)));
        var known = Known(atlas, id);
        Crash(atlas);
        atlas = StartAtlas("again");
        Assert.Equal(known.Text, Known(atlas, id).Text);
        AssertMoneyAgrees(atlas, Look(atlas, id));
    }

    [Fact]
    public void A_batch_that_runs_is_not_touched()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);

        var refused = Assert.IsType<Status.Failure>(AskWhileTimePasses(atlas, new BatchCommands.CompactBatch(id)));

        Assert.Equal($"Batch {id} is not finished: only what is can be compacted.", Assert.IsType<BatchException>(refused.Cause).Message);
        Assert.NotEmpty(EventsOf($"batch-{id}").All);
    }

    /// <summary>Ended at each step of it: what was recovered from is the snapshot or the events, never half of both.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void Whatever_fails_on_the_way_nothing_is_lost_and_the_next_time_does_the_rest(bool isSnapshot, string stream, bool isDone)
    {
        var (atlas, id) = Finished();
        var before = Known(atlas, id);
        if (isSnapshot) Snapshots.Tell(new FailingSnapshots.FailSave(stream, isDone));
        else Journal.Tell(new FailingJournal.FailDelete(stream, isDone));

        var refused = Assert.IsType<Status.Failure>(AskWhileTimePasses(atlas, new BatchCommands.CompactBatch(id)));
        Assert.Contains("The disk is gone.", refused.Cause.Message, StringComparison.Ordinal);
        Assert.Equal(before.Text, Known(atlas, id).Text);
        Snapshots.Tell(new FailingJournal.Mend());
        Journal.Tell(new FailingJournal.Mend());
        Crash(atlas);
        atlas = StartAtlas("again");
        Assert.Equal(before.Text, Known(atlas, id).Text);

        Ask(atlas, new BatchCommands.CompactBatch(id));
        Assert.Empty(EventsOf($"batch-{id}").All);
        Assert.Empty(EventsOf($"manifest-{id}").All);
        Crash(atlas);
        atlas = StartAtlas("third");
        Assert.Equal(before.Text, Known(atlas, id).Text);
        AssertMoneyAgrees(atlas, Look(atlas, id));
    }

    [Fact]
    public void Many_events_go_a_thousand_at_a_time()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(400, workers: 100)).Id;
        var end = RunToRest(atlas, id);

        Ask(atlas, new BatchCommands.CompactBatch(id));

        var left = EventsOf($"batch-{id}");
        Assert.InRange(end.Revision, 1001, 2000);
        Assert.Equal([1000L, end.Revision], left.Removals);
        Assert.Empty(left.All);
    }

    [Fact]
    public void Two_who_ask_at_once_are_both_answered_and_it_leaves_when_it_is_done()
    {
        // With prices: a charge that is missing is a reason to stay.
        Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(new PollAnswer.Completed([$"https://cdn.example/{id}.png"], 0.04m));
        var (atlas, id) = Finished();
        var (one, other) = (CreateTestProbe(), CreateTestProbe());
        atlas.Tell(new BatchCommands.CompactBatch(id), one.Ref);
        atlas.Tell(new BatchCommands.CompactBatch(id), other.Ref);

        Assert.Equal(one.ExpectMsg<BatchView>().Revision, other.ExpectMsg<BatchView>().Revision);
        AwaitCondition(() =>
        {
            var probe = CreateTestProbe();
            Sys.ActorSelection($"/user/atlas/batch-{id}").Tell(new Identify(id), probe.Ref);
            return probe.ExpectMsg<ActorIdentity>().Subject is null;
        }, TimeSpan.FromSeconds(30));
    }

    private IActorRef Snapshots => Persistence.Instance.Apply(Sys).SnapshotStoreFor("");

    /// <summary>Four jobs, of which one fails and one is in doubt.</summary>
    private (IActorRef Atlas, BatchId Id) Finished()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before switch
        {
            1 => new SubmitAnswer.Rejected(No),
            _ => Atlas.Take(),
        });
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(4), new Usd(9)).Id;
        var end = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Finished, 3, 1), (end.Phase, end.Count(JobStage.Succeeded), end.Count(JobStage.Failed)));
        return (atlas, id);
    }

    private (long Revision, string Text) Known(IActorRef atlas, BatchId id)
    {
        var view = Look(atlas, id);
        var costs = (LedgerView)AskWhileTimePasses(atlas, new BatchQueries.GetCosts(id));
        var ledger = (LedgerView)AskWhileTimePasses(atlas, new LedgerQueries.GetLedger(id));
        return (view.Revision, JsonSerializer.Serialize(new object[] { view, LookAtJobs(atlas, id), costs, ledger }, Plain));
    }

    /// <summary>Amounts by their value: 0 and 0.00 are the same money.</summary>
    private sealed class AmountJson : JsonConverter<Usd>
    {
        public override Usd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Usd value, JsonSerializerOptions options) => writer.WriteNumberValue((double)value.Amount);
    }
}
