using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

/// <summary>One try at one receiver, whatever that does.</summary>
public sealed class CourierSpecs : IAsyncLifetime
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly ManualClock _clock = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task It_is_posted_as_it_is_with_a_signature_that_whoever_knows_the_secret_can_check()
    {
        Assert.Equal(new Reception(204, null), await TakeAsync());
        var received = Assert.Single(_receiver.All);
        Assert.Equal(("msg_1", """{"name":"雨夜的茶馆"}"""), (received.Id, received.Body));
        Assert.Equal($"{_clock.GetUtcNow().ToUnixTimeSeconds()}", received.Timestamp);
        Assert.True(received.IsSignedWith(Secret));
        Assert.False((received with { Body = received.Body + " " }).IsSignedWith(Secret));
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(201, true, false)]
    [InlineData(299, true, false)]
    [InlineData(400, false, false)]
    [InlineData(404, false, false)]
    [InlineData(410, false, true)]
    [InlineData(429, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, false)]
    public async Task It_is_taken_by_2xx_and_given_up_by_410_alone(int status, bool isTaken, bool isFinal)
    {
        _receiver.AnswerWith(status);
        var reception = await TakeAsync();
        Assert.Equal((status, isTaken, isFinal), (reception.Status, reception.Error is null, reception.IsFinal));
    }

    [Fact]
    public async Task Retry_After_is_heard_in_both_its_forms()
    {
        _receiver.AnswerWith(503, ("Retry-After", "120"));
        Assert.Equal(TimeSpan.FromMinutes(2), (await TakeAsync()).RetryAfter);
        _receiver.AnswerWith(503, ("Retry-After", _clock.GetUtcNow().AddHours(1).ToString("R")));
        Assert.Equal(TimeSpan.FromHours(1), (await TakeAsync()).RetryAfter);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = await Receiver.StartAsync();
        _receiver.AnswerWith(status, ("Location", elsewhere.Url.ToString()));
        var reception = await TakeAsync();
        Assert.Contains("redirects are not followed", reception.Error, StringComparison.Ordinal);
        Assert.False(reception.IsFinal);
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task One_that_says_nothing_is_left_after_fifteen_seconds()
    {
        _receiver.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        var trying = TakeAsync();
        await _receiver.HasAsync(all => all.Count == 1);
        _clock.Advance(TimeSpan.FromSeconds(14));
        Assert.False(trying.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Reception(null, "No answer within 15 seconds."), await trying.WaitAsync(ProgramProcess.Patience));
    }

    [Fact]
    public async Task One_that_hangs_up_or_is_not_there_is_tried_again()
    {
        _receiver.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var cut = await TakeAsync();
        Assert.Equal((null, false), (cut.Status, cut.IsFinal));
        Assert.StartsWith("It cannot be reached:", cut.Error, StringComparison.Ordinal);
        var url = _receiver.Url;
        await _receiver.DisposeAsync();
        var gone = await TakeAsync(url.ToString());
        Assert.StartsWith("It cannot be reached:", gone.Error, StringComparison.Ordinal);
        Assert.False(gone.IsFinal);
        _receiver = await Receiver.StartAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_private_network_is_not_reached_unless_it_is_allowed(string host)
    {
        var url = new UriBuilder(_receiver.Url) { Host = host }.ToString();
        var refused = await TakeAsync(url, arePrivateAllowed: false);
        Assert.True(refused.IsFinal);
        Assert.Contains("private network", refused.Error, StringComparison.Ordinal);
        Assert.Empty(_receiver.All);
        Assert.Null((await TakeAsync(url)).Error);
    }

    [Fact]
    public async Task A_service_that_is_ending_leaves_it_undecided()
    {
        _receiver.Answer = (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted)
            .ContinueWith(_ => { }, TaskScheduler.Default);
        using var end = new CancellationTokenSource();
        var trying = TakeAsync(end: end.Token);
        await _receiver.HasAsync(all => all.Count == 1);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
    }

    private async Task<Reception> TakeAsync(
        string? url = null, bool arePrivateAllowed = true, CancellationToken end = default)
    {
        using var courier = new Courier(
            WebhookSecret.Parse(Secret)!, new WebhookSettings(null, arePrivateAllowed), _clock);
        return await courier.TakeAsync(
            new Delivery
            {
                Id = "msg_1", Url = url ?? _receiver.Url.ToString(), Body = """{"name":"雨夜的茶馆"}"""u8.ToArray(),
            }, end);
    }
}
