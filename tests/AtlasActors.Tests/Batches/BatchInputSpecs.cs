using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Batches;

/// <summary>Files of this machine and what other jobs make, brought to Atlas before a job is submitted.</summary>
public class BatchInputSpecs : CrashSpecs
{
    private const string Picture = "\u0089PNG\r\n\u001a\n";

    [Fact]
    public void A_thousand_jobs_with_one_file_upload_it_once()
    {
        var file = FileOf("hero.png", Picture);
        var atlas = StartAtlas();

        var id = Begin(atlas, Some.Batch([.. Enumerable.Range(1, 1000).Select(n => WithFile(n, file))]) with { MaxWorkers = 64 }).Id;

        Assert.Equal(1000, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(["hero.png"], Atlas.Uploaded);
        Assert.Equal(1000, Atlas.Submitted.Count(body => body.Contains("\"image\":\"https://storage.example/0/hero.png\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_files_of_the_same_content_are_one_and_a_third_is_another()
    {
        var atlas = StartAtlas();

        var id = Begin(atlas, Some.Batch(
            WithFile(1, FileOf("a.png", Picture)), WithFile(2, FileOf("b.png", Picture)), WithFile(3, FileOf("c.png", Picture + "!")))).Id;

        Assert.Equal(3, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(2, Atlas.Uploaded.Count);
    }

    [Fact]
    public void What_was_uploaded_is_remembered_over_a_crash_for_an_hour_and_looked_at_after_that()
    {
        var file = FileOf("hero.png", Picture);
        var definition = Some.Batch(WithFile(1, file));
        Atlas.OnSubmit = (_, _) => Task.FromResult<SubmitAnswer>(new SubmitAnswer.RateLimited(new AtlasFailure("slow down"), TimeSpan.FromDays(1)));
        var first = StartAtlas("first");
        var id = Begin(first, definition).Id;
        RunUntil(first, id, _ => !Atlas.Submitted.IsEmpty);
        Crash(first);

        Atlas.OnSubmit = null;
        Clock.Advance(TimeSpan.FromDays(1));
        Atlas.IsThere = url => url.StartsWith("https://storage.example/0/", StringComparison.Ordinal);
        var second = StartAtlas("second");
        Ask(second, new BatchCommands.ContinueBatch(id));

        Assert.Equal(1, RunToRest(second, id).Count(JobStage.Succeeded));
        Assert.Single(Atlas.Uploaded);
    }

    [Fact]
    public void What_Atlas_has_thrown_away_is_uploaded_again()
    {
        var file = FileOf("hero.png", Picture);
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(
            before == 0 ? new SubmitAnswer.RateLimited(new AtlasFailure("slow down"), TimeSpan.FromHours(2)) : Atlas.Take());
        Atlas.IsThere = _ => false;
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(WithFile(1, file))).Id;
        RunUntil(atlas, id, _ => !Atlas.Submitted.IsEmpty);
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(1, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(2, Atlas.Uploaded.Count);
        Assert.Contains("https://storage.example/1/hero.png", Atlas.Submitted.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_upload_that_fails_for_now_is_tried_again_and_one_that_is_refused_fails_its_jobs_without_a_call()
    {
        var good = FileOf("good.png", Picture);
        var bad = FileOf("bad.png", Picture + "!");
        Atlas.OnUpload = (name, before) => Task.FromResult<FreeAnswer<UploadedFile>>(
            name == "bad.png" ? new FreeAnswer<UploadedFile>.Refused(new AtlasFailure("too wide"))
            : before < 4 ? new FreeAnswer<UploadedFile>.Unanswered(new AtlasFailure("busy"), null)
            : new FreeAnswer<UploadedFile>.Told(new UploadedFile("https://storage.example/good.png")));
        var atlas = StartAtlas();

        var id = Begin(atlas, Some.Batch(WithFile(1, good), WithFile(2, bad), WithFile(3, Path.Combine(OutputDir, "gone.png")))).Id;

        RunToRest(atlas, id);
        var jobs = LookAtJobs(atlas, id);
        Assert.Equal([JobStage.Succeeded, JobStage.Failed, JobStage.Failed], jobs.Select(job => job.Stage));
        Assert.Equal($"The input {bad} was not taken: too wide", jobs[1].Error);
        Assert.Equal($"The input {Path.Combine(OutputDir, "gone.png")} is not there.", jobs[2].Error);
        Assert.Single(Atlas.Submitted);
    }

    [Fact]
    public void A_refused_key_at_an_upload_halts_the_batch()
    {
        Atlas.OnUpload = (_, _) => Task.FromResult<FreeAnswer<UploadedFile>>(new FreeAnswer<UploadedFile>.KeyRefused(new AtlasFailure("no")));
        var atlas = StartAtlas();

        var id = Begin(atlas, Some.Batch(WithFile(1, FileOf("a.png", Picture)))).Id;

        var view = RunToRest(atlas, id);
        Assert.Equal((BatchPhase.Halted, HaltReason.KeyRefused, 1), (view.Phase, view.Halt, view.Count(JobStage.Queued)));
    }

    [Fact]
    public void Videos_begin_when_their_image_is_there_and_get_its_address()
    {
        var atlas = StartAtlas();

        var id = Begin(atlas, ImageAndVideos(3)).Id;

        Assert.Equal(4, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(4, Atlas.Submitted.Count);
        Assert.Equal(3, Atlas.Submitted.Skip(1).Count(body => body.Contains("\"image\":\"https://cdn.example/p1.png\"", StringComparison.Ordinal)));
        Assert.Empty(Atlas.Uploaded);
    }

    [Fact]
    public void Wherever_it_crashes_the_image_of_three_videos_is_paid_for_once()
    {
        for (var call = 1; CrashesAtCall(call); call++)
            Assert.True(call < 100, "The batch never passed.");
    }

    private bool CrashesAtCall(int call)
    {
        Atlas.Submitted.Clear();
        var first = StartAtlas($"atlas-{call}-first");
        var watch = CreateTestProbe();
        watch.Watch(first);
        var calls = 0;
        OnEachCall(() =>
        {
            if (Interlocked.Increment(ref calls) == call) Sys.Stop(first);
        });
        var id = Begin(first, ImageAndVideos(3)).Id;
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return watch.HasMessages || Volatile.Read(ref calls) >= 13;
        }, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
        Crash(first);
        OnEachCall(() => { });

        var second = StartAtlas($"atlas-{call}-second");
        Look(second, id);
        var unanswered = Unanswered(id);
        Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.ContinueBatch(id)));
        var end = RunToRest(second, id);
        if (unanswered.Contains(1))
        {
            // Nobody knows whether the image was taken: the videos wait for whoever decides that.
            Assert.Equal((1, 3), (end.Count(JobStage.InDoubt), end.Count(JobStage.Waiting)));
            Assert.IsType<BatchView>(AskWhileTimePasses(second, new BatchCommands.RetryBatch(id, InDoubt: true)));
            RunToRest(second, id);
        }
        else
            AssertNothingLostOrDoubled(second, end, unanswered);
        Assert.Equal(unanswered.Contains(1) ? 2 : 1, Atlas.Submitted.Count(body => body.Contains("picture 1", StringComparison.Ordinal)));
        Crash(second);
        return calls >= call;
    }

    [Fact]
    public void An_image_that_Atlas_keeps_no_longer_is_uploaded_from_its_file_for_all_its_videos()
    {
        Atlas.OnDownload = (order, _) => Task.FromResult<DownloadAnswer>(
            new DownloadAnswer.Saved(FileOf(Path.GetRelativePath(OutputDir, order.Target + ".png"), Picture), 8, "ab"));
        Atlas.OnPoll = (prediction, before) => Task.FromResult(
            prediction == "p1" && before > 0 ? new PollAnswer.NotFound(new AtlasFailure("expired")) : ScriptedAtlas.Done(prediction));
        var atlas = StartAtlas();

        var id = Begin(atlas, ImageAndVideos(3)).Id;

        Assert.Equal(4, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(["image_1.png"], Atlas.Uploaded);
        Assert.Equal(4, Atlas.Submitted.Count);
    }

    [Fact]
    public void An_address_older_than_an_hour_is_looked_at_before_it_is_used()
    {
        Atlas.OnDownload = (order, _) => Task.FromResult<DownloadAnswer>(
            new DownloadAnswer.Saved(FileOf(Path.GetRelativePath(OutputDir, order.Target + ".png"), Picture), 8, "ab"));
        Atlas.OnSubmit = (body, before) => Task.FromResult<SubmitAnswer>(
            before == 1 ? new SubmitAnswer.RateLimited(new AtlasFailure("slow down"), TimeSpan.FromHours(2)) : Atlas.Take());
        Atlas.IsThere = _ => false;
        var atlas = StartAtlas();
        var id = Begin(atlas, ImageAndVideos(1)).Id;
        RunUntil(atlas, id, _ => Atlas.Submitted.Count == 2);
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(["image_1.png"], Atlas.Uploaded);
    }

    [Fact]
    public void What_needs_a_failed_job_fails_with_it_unpaid_and_a_retry_makes_all()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before == 0 ? new SubmitAnswer.Rejected(new AtlasFailure("bad words")) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(Some.Image(1, "hero"), From(2, 1), From(3, 2))).Id;

        var failed = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 3), (failed.Phase, failed.Count(JobStage.Failed)));
        Assert.Equal("Nothing was sent: it needs what 'hero' makes, which failed.", LookAtJobs(atlas, id)[1].Error);
        Assert.Single(Atlas.Submitted);
        Ask(atlas, new BatchCommands.RetryBatch(id));
        Assert.Equal(3, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(4, Atlas.Submitted.Count);
    }

    [Fact]
    public void What_needs_a_job_in_doubt_waits_for_whoever_decides_and_says_so()
    {
        Atlas.OnSubmit = (_, before) => Task.FromResult<SubmitAnswer>(before == 0 ? new SubmitAnswer.Unknown(new AtlasFailure("cut")) : Atlas.Take());
        var atlas = StartAtlas();
        var id = Begin(atlas, Some.Batch(From(1, 2), Some.Image(2, "hero"))).Id;

        var rest = RunToRest(atlas, id);

        Assert.Equal((BatchPhase.Finished, 1, 1), (rest.Phase, rest.Count(JobStage.InDoubt), rest.Count(JobStage.Waiting)));
        Assert.Equal("'hero', which is in doubt: a person decides", LookAtJobs(atlas, id)[0].Why);
        Ask(atlas, new BatchCommands.RetryBatch(id, InDoubt: true));
        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
    }

    [Fact]
    public void A_video_whose_attempt_fails_while_its_image_is_fetched_again_waits_for_it()
    {
        var (fetched, polls) = (new TaskCompletionSource<DownloadAnswer>(), 0);
        Atlas.OnPoll = (id, _) => Task.FromResult(id != "p2" ? ScriptedAtlas.Done(id)
            : Volatile.Read(ref polls) == 0 ? new PollAnswer.Running("processing")
            : new PollAnswer.Failed(new AtlasFailure("system error"), IsFinal: false));
        Atlas.OnDownload = (order, before) => before == 0 || !order.Url.Contains("p1", StringComparison.Ordinal)
            ? Task.FromResult(ScriptedAtlas.Saved(order))
            : fetched.Task;
        var atlas = StartAtlas();
        var id = Begin(atlas, ImageAndVideos(1)).Id;
        RunUntil(atlas, id, view => view.Count(JobStage.Generating) == 1 && view.Count(JobStage.Succeeded) == 1);

        Ask(atlas, new BatchCommands.RefetchBatch(id));
        Volatile.Write(ref polls, 1);
        RunUntil(atlas, id, view => view.Count(JobStage.Waiting) == 1 && view.Count(JobStage.Downloading) == 1);
        Look(atlas, id);
        fetched.SetResult(new DownloadAnswer.Saved(Path.Combine(OutputDir, "images", "image_1.png"), 3, "ab"));

        Assert.Equal(2, RunToRest(atlas, id).Count(JobStage.Succeeded));
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    private void OnEachCall(Action happens)
    {
        Atlas.OnSubmit = (_, _) =>
        {
            var answer = Atlas.Take();
            happens();
            return Task.FromResult<SubmitAnswer>(answer);
        };
        Atlas.OnPoll = (id, _) =>
        {
            happens();
            return Task.FromResult(ScriptedAtlas.Done(id));
        };
        Atlas.OnDownload = (order, _) =>
        {
            happens();
            return Task.FromResult(ScriptedAtlas.Saved(order));
        };
    }

    private string FileOf(string name, string content)
    {
        var path = Path.Combine(OutputDir, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(content));
        return path;
    }

    private static BatchDefinition ImageAndVideos(int videos) =>
        Some.Batch([Some.Image(1), .. Enumerable.Range(2, videos).Select(number => From(number, 1))]) with { MaxWorkers = 3 };

    private static JobDefinition WithFile(int number, string file) =>
        Asking(number) with { Inputs = [new JobInput("image") { File = file }] };

    private static JobDefinition From(int number, int parent) =>
        Asking(number) with { Inputs = [new JobInput("image") { Job = parent }] };

    private static JobDefinition Asking(int number) => Some.Image(number) with
    {
        Body = $$"""{"model":"a/b","prompt":"clip {{number}}","image":"?"}""",
    };
}
