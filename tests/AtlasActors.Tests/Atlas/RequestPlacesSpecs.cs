using AtlasActors.Atlas;
using AtlasActors.Hosting;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Of many requests at once some wait for a place, and their time has not begun then.</summary>
public sealed class RequestPlacesSpecs
{
    private const string Running = """{"code":200,"data":{"id":"p1","status":"processing"}}""";

    [Fact]
    public async Task A_poll_over_the_limit_waits_and_is_not_late_for_it()
    {
        var isServing = false;
        await using var atlas = new ApiUnderTest(
            _ => Volatile.Read(ref isServing) ? Reply.Json(200, Running) : Reply.Nothing(Ending.Hang),
            options => options with { MostQuestions = 2 });
        Task<PollAnswer>[] polls = [Poll(), Poll(), Poll()];
        await atlas.Server.NextRequestAsync();
        await atlas.Server.NextRequestAsync();

        Volatile.Write(ref isServing, true);
        atlas.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.IsType<PollAnswer.Unanswered>(await polls[0]);
        Assert.IsType<PollAnswer.Unanswered>(await polls[1]);
        Assert.IsType<PollAnswer.Running>(await polls[2]);
        Assert.Equal(3, atlas.Server.Heard.Count);

        Task<PollAnswer> Poll() =>
            atlas.Api.PollAsync(ApiUnderTest.Known, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_poll_that_is_cancelled_while_it_waits_ends_at_once_and_takes_no_place()
    {
        var isServing = false;
        await using var atlas = new ApiUnderTest(
            _ => Volatile.Read(ref isServing) ? Reply.Json(200, Running) : Reply.Nothing(Ending.Hang),
            options => options with { MostQuestions = 1 });
        using var cancellation = new CancellationTokenSource();
        var first = atlas.Api.PollAsync(ApiUnderTest.Known, CancellationToken.None);
        await atlas.Server.NextRequestAsync();
        var second = atlas.Api.PollAsync(ApiUnderTest.Known, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(first.IsCompleted);
        Volatile.Write(ref isServing, true);
        atlas.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<PollAnswer.Unanswered>(await first.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
    }

    [Fact]
    public async Task A_submission_that_waited_for_its_place_has_all_of_its_time()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var count = 0;
        await using var atlas = new ApiUnderTest(_ =>
        {
            if (Interlocked.Increment(ref count) == 1)
                return Reply.Nothing(Ending.Hang);
            arrived.TrySetResult();
            Assert.True(go.Task.Wait(TimeSpan.FromSeconds(30)));
            return Reply.Json(200, Running);
        }, options => options with { MostSubmissions = 1 });
        var first = atlas.SubmitAsync();
        await atlas.Server.NextRequestAsync();
        atlas.Time.Advance(TimeSpan.FromSeconds(45));
        var second = atlas.SubmitAsync();

        // Its time-out would be over by now had it begun with the wait.
        atlas.Time.Advance(TimeSpan.FromSeconds(16));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        atlas.Time.Advance(TimeSpan.FromSeconds(50));
        go.SetResult();

        Assert.IsType<SubmitAnswer.Unknown>(await first);
        Assert.IsType<SubmitAnswer.Accepted>(await second);
    }

    [Fact]
    public async Task A_submission_that_finds_no_place_was_surely_not_taken()
    {
        await using var atlas = new ApiUnderTest(
            _ => Reply.Nothing(Ending.Hang), options => options with { MostSubmissions = 1 });
        var first = atlas.SubmitAsync();
        await atlas.Server.NextRequestAsync();
        var second = atlas.SubmitAsync();

        atlas.Time.Advance(TimeSpan.FromSeconds(25));

        var notTaken = Assert.IsType<SubmitAnswer.NotTaken>(await second);
        Assert.Contains("no connection", notTaken.Failure.Message, StringComparison.Ordinal);
        Assert.False(first.IsCompleted);
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task An_upload_over_the_limit_waits_and_is_not_late_for_it()
    {
        var isServing = false;
        await using var atlas = new ApiUnderTest(
            _ => Volatile.Read(ref isServing)
                ? Reply.Json(200, """{"code":200,"data":{"download_url":"https://storage.example/x.png"}}""")
                : Reply.Nothing(Ending.Hang),
            options => options with { MostUploads = 1 });
        var first = Upload();
        await atlas.Server.NextRequestAsync();
        var second = Upload();

        Volatile.Write(ref isServing, true);
        atlas.Time.Advance(TimeSpan.FromMinutes(10.1));

        Assert.IsType<FreeAnswer<UploadedFile>.Unanswered>(await first);
        Assert.IsType<FreeAnswer<UploadedFile>.Told>(await second);

        Task<FreeAnswer<UploadedFile>> Upload() => atlas.Api.Uploads
            .UploadAsync(new MemoryStream([1]), "a.png", "image/png", CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_job_awaits_the_answer_of_a_submission_for_longer_than_it_may_wait_and_take() =>
        Assert.InRange(1 + AtlasResilience.WaitPerTimeout, 1, AtlasSettings.PatiencePerTimeout - 0.05);

    [Fact]
    public async Task A_download_over_the_limit_waits_and_is_not_late_for_it()
    {
        var isServing = false;
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        await using var outputs = new DownloadUnderTest(
            _ => Volatile.Read(ref isServing) ? new Reply(200, png) : Reply.Nothing(Ending.Hang),
            options => options with { MostAtOnce = 1 });
        var first = outputs.BringAsync(outputs.Order() with { PartFile = outputs.Folder("other.part") });
        await outputs.Server.NextRequestAsync();
        var second = outputs.BringAsync();

        Volatile.Write(ref isServing, true);
        outputs.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.IsType<DownloadAnswer.Interrupted>(await first);
        Assert.IsType<DownloadAnswer.Saved>(await second);
    }
}
