using System.Collections.Concurrent;
using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Faults of our own, in whatever stage: who fails is begun again, and nobody else notices.</summary>
public class SupervisionSpecs : CrashSpecs
{
    private const int Jobs = 12;

    private static readonly InvalidOperationException Fault = new("a fault of ours");

    private readonly ConcurrentDictionary<(string Stage, string Job), int> _faults = new();

    [Fact]
    public void A_job_that_fails_is_begun_again_after_waits_that_double_and_goes_on_where_it_was()
    {
        var failedAt = new ConcurrentQueue<DateTimeOffset>();
        Atlas.OnPoll = (id, before) =>
        {
            if (before >= 4) return Task.FromResult(ScriptedAtlas.Done(id));
            failedAt.Enqueue(Clock.Now);
            throw Fault;
        };
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;

        AssertNothingLostOrDoubled(atlas, RunToRest(atlas, id), []);

        Assert.Single(Atlas.Submitted);
        var waits = failedAt.Zip(failedAt.Skip(1), (one, next) => next - one).ToList();
        Assert.Equal(3, waits.Count);
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.Item2 > pair.Item1, string.Join(", ", waits)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_hundred_faults_in_a_row_take_no_batch_down_and_submit_nothing_twice(int seed)
    {
        // Nine in a row are borne in each stage; the tenth life without getting on would be a job's last.
        var chance = new Random(seed);
        var faults = new Dictionary<(string, string), int>();
        for (var left = 100; left > 0;)
        {
            var place = (chance.Next(2) == 0 ? "poll" : "download", $"p{chance.Next(1, Jobs + 1)}");
            var count = Math.Min(Math.Min(chance.Next(1, 10), 9 - faults.GetValueOrDefault(place)), left);
            faults[place] = faults.GetValueOrDefault(place) + count;
            left -= count;
        }
        Atlas.OnPoll = (id, _) => Fails("poll", id) ? Thrown<PollAnswer>(chance) : Task.FromResult(ScriptedAtlas.Done(id));
        Atlas.OnDownload = (order, _) => Fails("download", Path.GetFileNameWithoutExtension(order.Url))
            ? Thrown<DownloadAnswer>(chance)
            : Task.FromResult(ScriptedAtlas.Saved(order));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(Jobs, workers: 4)).Id;

        var view = RunToRest(atlas, id);

        AssertNothingLostOrDoubled(atlas, view, []);
        Assert.Equal((Jobs, 100), (Atlas.Submitted.Count, faults.Values.Sum()));
        Assert.Equal(faults.OrderBy(fault => fault.Key), _faults.OrderBy(fault => fault.Key).Select(fault => KeyValuePair.Create(fault.Key, fault.Value)));

        bool Fails(string stage, string job) => faults.TryGetValue((stage, job), out var count)
            && _faults.GetValueOrDefault((stage, job)) < count
            && _faults.AddOrUpdate((stage, job), 1, (_, before) => before + 1) > 0;
    }

    [Fact]
    public void A_hundred_submissions_that_fail_are_a_hundred_in_doubt_and_the_rest_goes_on()
    {
        Atlas.OnSubmit = (_, before) => before < 100 ? throw Fault : Task.FromResult<SubmitAnswer>(Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(110, workers: 10)).Id;

        var view = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 100, 10), (view.Phase, view.Count(JobStage.InDoubt), view.Count(JobStage.Succeeded)));
        Assert.Equal(110, Atlas.Submitted.Distinct().Count());
        Assert.Equal(110, Atlas.Submitted.Count);
        AssertMoneyAgrees(atlas, view);
    }

    [Fact]
    public void A_coordinator_whose_journal_fails_stops_and_says_so_and_comes_back_whole()
    {
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 3 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var watcher = CreateTestProbe();
        var id = Begin(atlas, Some.Images(6)).Id;
        atlas.Tell(new BatchQueries.WatchBatch(id), watcher.Ref);
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 3);
        Journal.Tell(new FailingJournal.FailWrite(1, $"batch-{id}"));

        BatchView? told = null;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            while (told is null && watcher.HasMessages)
                if (watcher.ReceiveOne(TimeSpan.Zero) is BatchNotice.PhaseChanged { Batch: { Phase: BatchPhase.Halted } view }) told = view;
            return told is not null;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        Assert.Equal((HaltReason.JournalFailed, "The journal cannot be written: The disk is gone."), (told!.Halt, told.HaltMessage));
        Assert.EndsWith("It is resumable.", watcher.ExpectMsg<Status.Failure>().Cause.Message, StringComparison.Ordinal);

        Journal.Tell(new FailingJournal.Mend());
        Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        var end = RunToRest(atlas, id);
        AssertNothingLostOrDoubled(atlas, end, [.. LookAtJobs(atlas, id).Where(job => job.Stage == JobStage.InDoubt).Select(job => job.Number)]);
        Assert.Equal(6, end.Ended);
    }

    private static Task<T> Thrown<T>(Random chance)
    {
        lock (chance)
            return chance.Next(2) == 0 ? throw Fault : Task.FromException<T>(Fault);
    }
}
