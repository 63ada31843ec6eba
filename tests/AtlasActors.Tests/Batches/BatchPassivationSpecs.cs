using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>A batch at rest that nobody asks about is let go of, and nobody notices.</summary>
public class BatchPassivationSpecs : CrashSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>With prices: a charge that is missing is a reason to stay.</summary>
    public BatchPassivationSpecs() => Atlas.OnPoll = (id, _) => Task.FromResult<PollAnswer>(Priced(id));

    [Fact]
    public void At_rest_it_leaves_after_its_time_and_the_next_question_finds_it_as_it_was()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3)).Id;
        var before = RunToRest(atlas, id);
        var actor = ActorOf(id);

        Leaves(actor);
        var after = Look(atlas, id);

        Assert.Equal((before.Phase, before.Revision, before.Money), (after.Phase, after.Revision, after.Money));
        Assert.NotEqual(actor, ActorOf(id));
        AssertNothingLostOrDoubled(atlas, after, []);
    }

    [Fact]
    public void One_that_is_halted_is_halted_for_the_same_reason_when_it_is_asked_again()
    {
        Atlas.OnSubmit = (_, _) => Task.FromResult<SubmitAnswer>(new SubmitAnswer.KeyRefused(new AtlasFailure("No such key.")));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        var before = RunToRest(atlas, id);
        Assert.Equal(BatchPhase.Halted, before.Phase);

        Leaves(ActorOf(id));
        var after = Look(atlas, id);
        Assert.Equal((before.Phase, before.Halt, before.HaltMessage), (after.Phase, after.Halt, after.HaltMessage));

        Atlas.OnSubmit = null;
        Ask(atlas, new BatchCommands.ContinueBatch(id));
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
    }

    [Fact]
    public void Who_watches_keeps_it_and_who_comes_after_it_left_is_told_the_same_ends()
    {
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunToRest(atlas, id);
        var watcher = CreateTestProbe();
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        Assert.Equal(["1", "2", "Finished"], Told(watcher));
        var actor = ActorOf(id);
        Stays(atlas, id, actor, Some.Settings.PassivateAfter * 3);

        atlas.Tell(new BatchQueries.UnwatchBatch(id), watcher.Ref);
        Leaves(actor);
        atlas.Tell(new BatchQueries.UnwatchBatch(id), watcher.Ref);
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        Assert.Equal(["1", "2", "Finished"], Told(watcher));
    }

    [Fact]
    public void It_stays_until_Atlas_was_asked_for_its_last_charge()
    {
        var settings = Some.Settings with
        {
            Charges = new ChargeSettings(
                [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)], TimeSpan.FromDays(30)),
        };
        var isTold = false;
        Atlas.OnPoll = (id, _) => Task.FromResult(
            isTold ? Priced(id, 0.03m) : ScriptedAtlas.Done(id));
        var atlas = StartAtlas(settings: settings);
        var id = Begin(atlas, Some.Images(1)).Id;
        RunToRest(atlas, id);
        var actor = ActorOf(id);
        Stays(atlas, id, actor, TimeSpan.FromMinutes(9));

        isTold = true;
        Leaves(actor);
        Assert.Equal((new Usd(0.03m), Usd.Zero), (Look(atlas, id).Money.Charged, Look(atlas, id).Money.Unconfirmed));
    }

    /// <summary>Questions meet every moment of its leaving: the threads' own timing draws it, round after round.</summary>
    [Fact]
    public async Task Whenever_it_is_asked_while_it_leaves_everybody_is_answered()
    {
        const int rounds = 150;
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        var revision = RunToRest(atlas, id).Revision;
        var lives = new HashSet<IActorRef>();
        // The questions come later and later, until often enough they came too late.
        for (var round = 0; round < rounds || lives.Count <= rounds / 10; round++)
        {
            lives.Add(ActorOf(id));
            var askers = Enumerable.Range(0, 4).Select(_ => CreateTestProbe()).ToList();
            var clock = Task.Run(() => Clock.Advance(Some.Settings.PassivateAfter));
            Thread.SpinWait(round * 200);
            foreach (var asker in askers) atlas.Tell(new BatchQueries.GetBatch(id), asker.Ref);
            atlas.Tell(new BatchCommands.ContinueBatch(id), askers[0].Ref);
            await clock.WaitAsync(Patience);

            Assert.All(askers, asker => Assert.Equal(revision, asker.ExpectMsg<BatchAnswer>(Patience).Batch!.Revision));
            askers[0].ExpectMsg<BatchView>(Patience);
            revision = RunToRest(atlas, id).Revision;
        }
        AssertNothingLostOrDoubled(atlas, Look(atlas, id), []);
    }

    [Fact]
    public void What_is_read_for_a_list_is_let_go_of_at_once_and_the_rest_is_not_read_at_all()
    {
        var first = StartAtlas("first");
        var id = Begin(first, Some.Images(2)).Id;
        var before = RunToRest(first, id);
        Crash(first);
        var atlas = StartAtlas("second");

        var revisions = (SupervisorMessages.BatchRevisions)AskWhileTimePasses(atlas, new SupervisorMessages.GetRevisions());
        Assert.Equal(before.Revision, revisions.Revisions[id]);
        Assert.Null(FindActor(id, "second"));

        var reading = (BatchReading)AskWhileTimePasses(atlas, new BatchQueries.ReadBatch(id));
        Assert.Equal((before.Revision, 2), (reading.Batch.Revision, reading.Jobs.Count));
        AwaitCondition(() => FindActor(id, "second") is null, Patience);
    }

    [Fact]
    public void Who_listens_to_all_is_told_every_change_of_every_batch_whenever_it_was_loaded()
    {
        var atlas = StartAtlas();
        var listener = CreateTestProbe();
        atlas.Tell(new SupervisorMessages.Listen(), listener.Ref);
        listener.ExpectMsg<SupervisorMessages.Listening>(Patience);
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.Rejected(new AtlasFailure("No.")) : Atlas.Take());
        var id = Begin(atlas, Some.Images(2)).Id;
        RunToRest(atlas, id);
        Leaves(ActorOf(id));
        Ask(atlas, new BatchCommands.RetryBatch(id));
        var end = RunToRest(atlas, id);

        var jobs = new Dictionary<int, JobView>();
        BatchView? told = null;
        foreach (var notice in Heard(listener, end.Revision))
        {
            if (notice is BatchNotice.JobMoved moved) jobs[moved.Job.Number] = moved.Job;
            if (notice is BatchNotice.PhaseChanged phase) told = phase.Batch;
        }
        Assert.Equal(
            LookAtJobs(atlas, id).Select(job => (job.Number, job.Stage, job.Revision, job.Cost)),
            jobs.Values.OrderBy(job => job.Number).Select(job => (job.Number, job.Stage, job.Revision, job.Cost)));
        Assert.Equal((end.Phase, end.Revision), (told!.Phase, told.Revision));
    }

    private static PollAnswer.Completed Priced(string id, decimal price = 0.04m) =>
        new PollAnswer.Completed([$"https://cdn.example/{id}.png"], price);

    private static IEnumerable<BatchNotice> Heard(Akka.TestKit.TestProbe listener, long revision)
    {
        while (true)
        {
            var notice = listener.ExpectMsg<BatchNotice>(Patience);
            yield return notice;
            if (notice is BatchNotice.PhaseChanged { IsRest: true } rest && rest.Batch.Revision == revision) yield break;
        }
    }

    private static List<string> Told(Akka.TestKit.TestProbe watcher)
    {
        var told = new List<string>();
        while (true)
        {
            switch (watcher.ExpectMsg<BatchNotice>(Patience))
            {
                case BatchNotice.JobMoved moved: told.Add($"{moved.Job.Number}"); break;
                case BatchNotice.PhaseChanged phase: return [.. told, $"{phase.Batch.Phase}"];
            }
        }
    }

    private IActorRef ActorOf(BatchId id) => FindActor(id)!;

    private IActorRef? FindActor(BatchId id, string atlas = "atlas")
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection($"/user/{atlas}/batch-{id}").Tell(new Identify(id), probe.Ref);
        return probe.ExpectMsg<ActorIdentity>(Patience).Subject;
    }

    /// <summary>Moves the clock on until the actor has ended.</summary>
    private void Leaves(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Watch(actor);
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            return probe.HasMessages;
        }, Patience, TimeSpan.FromMilliseconds(1));
    }

    private void Stays(IActorRef atlas, BatchId id, IActorRef actor, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(10))
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            // A question to the supervisor alone: one to the batch would be a reason to stay.
            var probe = CreateTestProbe();
            atlas.Tell(new SupervisorMessages.GetBatchIds(), probe.Ref);
            probe.ExpectMsg<SupervisorMessages.BatchIds>(Patience);
        }
        Assert.Equal(actor, ActorOf(id));
    }
}
