using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>The system's clock is set forwards and backwards while batches run.</summary>
public class ClockJumpSpecs() : CrashSpecs("""
    akka.scheduler.implementation = "AtlasActors.Tests.Support.JumpingScheduler, AtlasActors.Tests"
    """)
{
    private static readonly AtlasFailure Trouble = new("Trouble.");
    private static readonly TimeSpan Hours = TimeSpan.FromHours(5);

    private JumpingScheduler Jumping => (JumpingScheduler)Sys.Scheduler;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_clock_that_jumps_all_the_time_loses_nothing_and_pays_nothing_twice_and_holds_nobody_up(int seed)
    {
        var chance = new Random(seed);
        Atlas.OnSubmit = (body, before) => Task.FromResult<SubmitAnswer>((before % 4) switch
        {
            1 => new SubmitAnswer.RateLimited(Trouble, null),
            2 => new SubmitAnswer.NotTaken(Trouble, null),
            _ => Atlas.Take(),
        });
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 6 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        Atlas.OnDownload = (order, before) => Task.FromResult(
            before < 2 ? new DownloadAnswer.Interrupted(Trouble, null) : ScriptedAtlas.Saved(order));
        var atlas = StartAtlas();
        var began = Clock.Now;
        var id = Begin(atlas, Some.Images(12)).Id;

        var view = RunUntil(atlas, id, view =>
        {
            if (chance.Next(5) == 0) Jumping.Jump(TimeSpan.FromMinutes(chance.Next(-600, 600)));
            if (!IsAtRest(view) || view.Count(JobStage.Overdue) == 0) return IsAtRest(view);
            // Jumps of a minute or two add up unseen: what they made overdue is collected by going on.
            Assert.IsType<BatchView>(AskWhileTimePasses(atlas, new BatchCommands.ContinueBatch(view.Id)));
            return false;
        });

        Assert.Equal((BatchPhase.Finished, 12), (view.Phase, view.Count(JobStage.Succeeded)));
        Assert.Equal(12, Atlas.Polls.Count);
        AssertMoneyAgrees(atlas, view);
        Assert.InRange(Clock.Now - began, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_clock_put_back_makes_no_wait_after_a_429_longer_than_twice()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.RateLimited(Trouble, TimeSpan.FromSeconds(60)) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(3, workers: 1)).Id;
        RunUntil(atlas, id, _ => !Atlas.Submitted.IsEmpty);
        var since = Clock.Now;
        Jumping.Jump(-Hours);

        RunUntil(atlas, id, view => view.Phase == BatchPhase.Finished);

        Assert.InRange(Clock.Now - since, TimeSpan.Zero, TimeSpan.FromMinutes(4));
    }

    [Fact]
    public void A_clock_put_back_while_nobody_worked_makes_no_wait_longer()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.RateLimited(Trouble, TimeSpan.FromSeconds(60)) : Atlas.Take());
        var first = StartAtlas("first");
        var id = Begin(first, Some.Images(1)).Id;
        RunUntil(first, id, view => view.Count(JobStage.Queued) == 1 && !Atlas.Submitted.IsEmpty);
        Crash(first);
        Jumping.Jump(-Hours);
        var since = Clock.Now;

        var second = StartAtlas("second", continueUnfinished: true);
        RunUntil(second, id, view => view.Phase == BatchPhase.Finished);

        Assert.InRange(Clock.Now - since, TimeSpan.Zero, TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void A_clock_put_forward_makes_no_job_overdue()
    {
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 10 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(2)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 2);
        Jumping.Jump(Hours);
        var worst = 0;

        var view = RunUntil(atlas, id, view =>
        {
            worst = Math.Max(worst, view.Count(JobStage.Overdue));
            return IsAtRest(view);
        });

        Assert.Equal((0, 2), (worst, view.Count(JobStage.Succeeded)));
    }

    [Fact]
    public void What_never_ends_is_overdue_all_the_same_after_a_jump()
    {
        Atlas.OnPoll = (_, _) => Task.FromResult<PollAnswer>(new PollAnswer.Running("processing"));
        var atlas = StartAtlas();
        var since = Clock.Now;
        var id = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);
        Jumping.Jump(Hours);

        RunUntil(atlas, id, view => view.Count(JobStage.Overdue) == 1);

        Assert.InRange(Clock.Now - since, JobPolicy.For(MediaKind.Image).MaxWait, JobPolicy.For(MediaKind.Image).MaxWait * 2);
    }

    [Fact]
    public void No_job_took_less_than_no_time()
    {
        Atlas.OnPoll = (id, before) => Task.FromResult(before < 2 ? new PollAnswer.Running("processing") : ScriptedAtlas.Done(id));
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Images(1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1);
        Jumping.Jump(-Hours);

        RunUntil(atlas, id, view => view.Phase == BatchPhase.Finished);

        Assert.Null(LookAtJobs(atlas, id)[0].GenerationTime);
    }
}
