using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>A store that fails again and again at writes drawn from a seed, over the whole life of a batch that has troubles of its own.</summary>
public class RandomJournalFaultSpecs : CrashSpecs
{
    private const int Jobs = 15;

    private static readonly AtlasFailure Trouble = new("Trouble.");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Whichever_writes_fail_a_plain_run_brings_the_rest_and_nothing_is_lost_or_paid_twice(int seed)
    {
        var chance = new Random(seed);
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            (before % 5) switch { 1 => new SubmitAnswer.RateLimited(Trouble, null), 3 => new SubmitAnswer.NotTaken(Trouble, null), _ => Atlas.Take() });
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 2 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        Atlas.OnDownload = (order, before) => Task.FromResult(
            before < 1 ? new DownloadAnswer.Interrupted(Trouble, null) : ScriptedAtlas.Saved(order));
        var life = 1;
        var atlas = StartAtlas($"atlas-{life}");
        var id = Begin(atlas, Some.Images(Jobs, workers: 4)).Id;
        var doubts = new SortedSet<int>();
        for (var faults = 0; faults < 12; faults++)
        {
            Journal.Tell(new FailingJournal.FailWrite(chance.Next(1, 12), $"batch-{id}", IsWritten: chance.Next(2) == 0));
            for (var isOver = false; !isOver;)
                isOver = AskWhileTimePasses(atlas, new BatchQueries.GetBatch(id)) is not BatchAnswer { Batch: { } view } || IsAtRest(view);
            Crash(atlas);
            Journal.Tell(new FailingJournal.Mend());
            doubts.UnionWith(Unanswered(id));
            atlas = StartAtlas($"atlas-{++life}");
            Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(id)));
        }

        var end = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, Jobs), (end.Phase, end.Ended));
        var jobs = LookAtJobs(atlas, id);
        Assert.Equal(doubts, jobs.Where(job => job.Stage == JobStage.InDoubt).Select(job => job.Number));
        Assert.Equal(Jobs - doubts.Count, end.Count(JobStage.Succeeded));
        // Each job that Atlas took was taken once: whoever succeeded has a prediction that nobody else has.
        Assert.Equal(end.Count(JobStage.Succeeded), jobs.Where(job => job.Stage == JobStage.Succeeded).Select(job => job.PredictionId).Distinct().Count());
        Assert.InRange(Taken(), end.Count(JobStage.Succeeded), Jobs);
        AssertMoneyAgrees(atlas, end);
    }

    /// <summary>How many predictions there are by now, found by making one more.</summary>
    private int Taken() => int.Parse(Atlas.Take().Prediction.Id[1..], System.Globalization.CultureInfo.InvariantCulture) - 1;
}
