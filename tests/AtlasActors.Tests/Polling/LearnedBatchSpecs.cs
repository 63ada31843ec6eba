using System.Collections.Concurrent;
using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Polling;

/// <summary>Whole batches in virtual time, each generation of which takes a drawn time: what notice delay and polls come to.</summary>
public class LearnedBatchSpecs() : AtlasSpecs("""
    akka.scheduler.implementation = "AtlasActors.Tests.Support.SteppedScheduler, AtlasActors.Tests"
    """)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Begun, double Takes)> _running = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, double Delay)> _found = new();
    private readonly ConcurrentQueue<DateTimeOffset> _polls = new();
    private double[] _times = [];

    private SteppedScheduler Steps => (SteppedScheduler)Sys.Scheduler;

    [Fact]
    public void After_50_jobs_a_batch_polls_3_2_times_a_job_and_finds_each_within_6_s()
    {
        var atlas = StartAtlas();
        Play();
        List<(double Polls, double Delay)> seen = [];
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var (times, model) = (new DrawnTimes(seed), $"some/model-{seed}");
            Run(atlas, times.Take(50, 60), workers: 50, model);
            Rest(atlas);
            var (polls, delay, _) = Run(atlas, times.Take(100, 60), workers: 100, model);
            seen.Add((polls, delay));
        }

        Assert.InRange(seen.Average(run => run.Polls), 0, 3.2);
        Assert.InRange(seen.Average(run => run.Delay), 0, 6);
    }

    [Fact]
    public void Five_hundred_jobs_in_eight_slots_take_hardly_longer_than_if_no_end_went_unnoticed()
    {
        var atlas = StartAtlas();
        Play();
        var times = new DrawnTimes(11).Take(500, 60);

        var (_, _, took) = Run(atlas, times, workers: 8);

        var best = ListSchedule(times, 8, time => time);
        var tutorial = ListSchedule(times, 8, TutorialFinds);
        Assert.InRange(took / best, 1, 1.05);
        Assert.InRange(tutorial / best, 1.2, 1.3);
    }

    [Fact]
    public void The_polls_of_a_batch_that_was_submitted_at_once_do_not_come_in_bursts()
    {
        var atlas = StartAtlas();
        Play();
        var times = new DrawnTimes(5);
        Run(atlas, times.Take(50, 60), workers: 50);
        Rest(atlas);
        _polls.Clear();

        Run(atlas, times.Take(400, 60), workers: 400);

        var first = _polls.Min();
        var perSecond = _polls.GroupBy(at => (int)(at - first).TotalSeconds).ToDictionary(second => second.Key, second => second.Count());
        var mean = perSecond.Where(second => second.Key < 50).Sum(second => second.Value) / 50.0;
        Assert.InRange(perSecond.Values.Max(), mean, 3.5 * mean);
    }

    [Fact]
    public void What_was_learned_outlives_the_process()
    {
        var times = new DrawnTimes(9);
        var atlas = StartAtlas();
        Play();
        Run(atlas, times.Take(50, 15), workers: 50);
        KeepWhatWasLearned(atlas);
        Watch(atlas);
        Sys.Stop(atlas);
        ExpectTerminated(atlas);

        var again = StartAtlas("again");
        KeepWhatWasLearned(again);
        var (polls, delay, _) = Run(again, times.Take(200, 15), workers: 200);

        var (fewest, least) = PolledJobs.By(DrawnTimes.Limit(15, 2), new DrawnTimes(1).Take(5000, 15));
        Assert.InRange(delay + (2 * polls), 0, 1.15 * (least + (2 * fewest)));
    }

    /// <summary>Has Atlas take each job, and finish it when its time has passed.</summary>
    private void Play()
    {
        Atlas.OnSubmit = (body, _) =>
        {
            var taken = Atlas.Take();
            var number = int.Parse(body.Split("picture ")[1].TrimEnd('"', '}'), System.Globalization.CultureInfo.InvariantCulture);
            _running[taken.Prediction.Id] = (Clock.Now, _times[number - 1]);
            return Task.FromResult<SubmitAnswer>(taken);
        };
        Atlas.OnPoll = (id, _) =>
        {
            var (begun, takes) = _running[id];
            _polls.Enqueue(Clock.Now);
            var over = (Clock.Now - begun).TotalSeconds - takes;
            if (over < 0) return Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
            _found.Enqueue((Clock.Now, over));
            return Task.FromResult(ScriptedAtlas.Done(id));
        };
    }

    /// <summary>Runs a batch of such jobs, from timer to timer; gives polls and delay of a job, and the seconds of all of it.</summary>
    private (double Polls, double Delay, double Took) Run(
        IActorRef atlas, double[] times, int workers, string model = "some/model")
    {
        _times = times;
        _running.Clear();
        _found.Clear();
        var before = Atlas.Polls.Values.Sum();
        var begun = Clock.Now;
        var submitted = Atlas.Submitted.Count;
        var batch = Some.Images(times.Length, workers);
        var id = Begin(atlas, batch with { Jobs = [.. batch.Jobs.Select(job => job with { Model = model })] }).Id;
        while (true)
        {
            AwaitCondition(
                () => _found.Count == times.Length || IsSettled(Atlas.Submitted.Count - submitted, times.Length, workers),
                TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(0.2));
            if (_found.Count == times.Length) break;
            Steps.Step();
        }
        AwaitCondition(() => Look(atlas, id).Phase == BatchPhase.Finished, TimeSpan.FromSeconds(60));
        return (
            (Atlas.Polls.Values.Sum() - before) / (double)times.Length, _found.Average(one => one.Delay),
            (_found.Max(one => one.At) - begun).TotalSeconds);
    }

    /// <summary>All slots are taken, and each job in them waits for its poll.</summary>
    private bool IsSettled(int submitted, int jobs, int workers)
    {
        var found = _found.Count;
        return submitted == Math.Min(jobs, found + workers) && Steps.JobsWaiting == submitted - found;
    }

    /// <summary>A stop waits for what was learned to be written, and so for what was learned before to be read.</summary>
    private void KeepWhatWasLearned(IActorRef atlas)
    {
        var probe = CreateTestProbe();
        atlas.Tell(new SupervisorMessages.StopAll(), probe.Ref);
        probe.ExpectMsg<SupervisorMessages.AllStopped>();
    }

    /// <summary>Some time later, all that was seen is learned.</summary>
    private void Rest(IActorRef atlas)
    {
        Clock.Advance(TimeSpan.FromMinutes(5));
        KeepWhatWasLearned(atlas);
    }

    private static double ListSchedule(double[] times, int slots, Func<double, double> takes)
    {
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, slots).Select(slot => (slot, 0.0)));
        var last = 0.0;
        foreach (var time in times)
        {
            free.TryDequeue(out var slot, out var from);
            last = Math.Max(last, from + takes(time));
            free.Enqueue(slot, from + takes(time));
        }
        return last;
    }

    private static double TutorialFinds(double time)
    {
        var at = 0.0;
        for (var poll = 1; at < time; poll++)
            at += PollSchedule.Before(poll, PollPolicy.Default).TotalSeconds;
        return at;
    }
}
