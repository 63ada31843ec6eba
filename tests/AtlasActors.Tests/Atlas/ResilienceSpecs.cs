using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class ResilienceSpecs
{
    private const string Running = """{"code":200,"data":{"id":"p1","status":"processing"}}""";

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_poll_that_meets_a_gateway_page_is_tried_again_at_once(int status)
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ => ++count < 3 ? Reply.Html(status) : Reply.Json(200, Running));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.Equal(3, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task A_poll_that_breaks_off_is_tried_again_at_once()
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ =>
            ++count < 3 ? Reply.Json(200, Running).CutAt(10, Ending.Close) : Reply.Json(200, Running));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
    }

    [Fact]
    public async Task After_three_pages_the_caller_s_schedule_takes_over()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Html(503).With("Retry-After", "9"));
        var unanswered = Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
        Assert.Equal(TimeSpan.FromSeconds(9), unanswered.RetryAfter);
        Assert.Equal(3, atlas.Server.Heard.Count);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task Other_trouble_is_left_to_the_caller_s_schedule(int status)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Html(status));
        Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_failed_job_in_a_503_is_not_asked_for_again()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(503, """{"code":503,"data":{"status":"failed"}}"""));
        Assert.IsType<PollAnswer.Failed>(await atlas.PollAsync());
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_poll_that_hangs_ends_with_its_time_and_is_not_tried_again()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Hang));
        var poll = atlas.Api.PollAsync(ApiUnderTest.Known, CancellationToken.None);
        await atlas.Server.NextRequestAsync();
        atlas.Time.Advance(TimeSpan.FromSeconds(31));
        var unanswered = Assert.IsType<PollAnswer.Unanswered>(await poll.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("within 30 s", unanswered.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_poll_throws()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Hang));
        using var cancellation = new CancellationTokenSource();
        var poll = atlas.Api.PollAsync(ApiUnderTest.Known, cancellation.Token);
        await atlas.Server.NextRequestAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    [Fact]
    public async Task An_api_that_is_down_opens_the_circuit_for_all_calls_and_ten_seconds_later_one_may_try()
    {
        var isDown = true;
        await using var atlas = new ApiUnderTest(_ => isDown ? Reply.Html(503) : Reply.Json(200, Running),
            options => options with { PollRetries = 0 });
        for (var poll = 0; poll < 20; poll++)
            await atlas.PollAsync();
        var rested = Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
        Assert.InRange(rested.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
        var notTaken = Assert.IsType<SubmitAnswer.NotTaken>(await atlas.SubmitAsync());
        Assert.InRange(notTaken.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
        Assert.Equal(20, atlas.Server.Heard.Count);

        isDown = false;
        atlas.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.IsType<SubmitAnswer.Accepted>(await atlas.SubmitAsync());
    }

    [Fact]
    public async Task A_clock_put_back_leaves_an_open_circuit_open_no_longer()
    {
        var isDown = true;
        await using var atlas = new ApiUnderTest(_ => isDown ? Reply.Html(503) : Reply.Json(200, Running),
            options => options with { PollRetries = 0 });
        for (var poll = 0; poll < 21; poll++)
            await atlas.PollAsync();
        Assert.Equal(20, atlas.Server.Heard.Count);

        isDown = false;
        atlas.Time.Jump(TimeSpan.FromHours(-5));
        atlas.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
    }

    [Fact]
    public async Task A_server_that_answers_503_to_a_quarter_of_polls_never_opens_the_circuit()
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ => ++count % 4 == 0 ? Reply.Html(503) : Reply.Json(200, Running));
        for (var poll = 0; poll < 200; poll++)
            Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
    }

    [Fact]
    public async Task Refusals_in_atlas_s_own_words_never_open_the_circuit()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(503, """{"code":503,"msg":"busy","data":null}"""));
        for (var submission = 0; submission < 60; submission++)
            Assert.Null(Assert.IsType<SubmitAnswer.NotTaken>(await atlas.SubmitAsync()).RetryAfter);
        Assert.Equal(60, atlas.Server.Heard.Count);
    }
}
