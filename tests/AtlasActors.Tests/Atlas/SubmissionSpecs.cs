using System.Net;
using System.Net.Sockets;
using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class SubmissionSpecs
{
    private const string Taken = """{"code":200,"data":{"id":"p1","status":"processing"}}""";

    [Fact]
    public async Task A_job_is_posted_byte_for_byte_with_the_key_and_a_name()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken));
        const string body = """{ "model" : "a/b", "prompt": "Größe 日本 😀" }""";
        var answer = await atlas.SubmitAsync(body);
        Assert.Equal("p1", Assert.IsType<SubmitAnswer.Accepted>(answer).Prediction.Id);
        var heard = Assert.Single(atlas.Server.Heard);
        Assert.Equal("POST", heard.Method);
        Assert.Equal("/api/v1/model/generateImage", heard.Target);
        Assert.Equal(Encoding.UTF8.GetBytes(body), heard.Body);
        Assert.Equal("application/json", heard.Header("Content-Type"));
        Assert.Equal("Bearer " + ApiUnderTest.Key, heard.Header("Authorization"));
        Assert.Equal("AtlasActors/0.1.0 (+dotnet)", heard.Header("User-Agent"));
    }

    [Theory]
    [InlineData(MediaKind.Image, "generateImage")]
    [InlineData(MediaKind.Video, "generateVideo")]
    [InlineData(MediaKind.Audio, "generateAudio")]
    [InlineData(MediaKind.ThreeD, "generateImage")]
    public async Task Each_kind_goes_to_its_own_address(MediaKind kind, string endpoint)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken));
        await atlas.Api.SubmitAsync(kind, "{}", CancellationToken.None);
        Assert.Equal($"/api/v1/model/{endpoint}", Assert.Single(atlas.Server.Heard).Target);
    }

    [Fact]
    public async Task A_refused_connection_has_taken_nothing()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var closed = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken),
            options => options with { BaseUrl = new Uri($"http://127.0.0.1:{closed}/api/v1") });
        var answer = Assert.IsType<SubmitAnswer.NotTaken>(await atlas.SubmitAsync());
        Assert.Contains("the connection was refused", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_has_taken_nothing()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken),
            options => options with { BaseUrl = new Uri("http://no-such-host.invalid/api/v1") });
        Assert.IsType<SubmitAnswer.NotTaken>(await atlas.SubmitAsync());
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_has_taken_nothing()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken));
        var url = new UriBuilder(atlas.Server.Url) { Scheme = "https", Path = "/api/v1" }.Uri;
        using var api = new AtlasApi(
            new AtlasApiOptions { BaseUrl = url, ApiKey = ApiUnderTest.Key }, atlas.Time, () => 0.5);
        var submission = api.SubmitAsync(MediaKind.Image, "{}", CancellationToken.None);
        // The server waits for the end of a head that never comes; it ends with the test's clock.
        var answer = await atlas.Time.RunAsync(submission, TimeSpan.FromMinutes(2));
        Assert.IsType<SubmitAnswer.NotTaken>(answer);
        Assert.Empty(atlas.Server.Heard);
    }

    [Theory]
    [InlineData(nameof(Ending.Close))]
    [InlineData(nameof(Ending.Reset))]
    public async Task A_connection_lost_after_sending_leaves_it_unknown_and_is_not_tried_again(string ending)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Enum.Parse<Ending>(ending)));
        Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_connection_reset_before_anything_was_read_is_no_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var resetting = ResetAllAsync(listener, end.Token);
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var api = new AtlasApi(
            new AtlasApiOptions { BaseUrl = url, ApiKey = ApiUnderTest.Key }, new VirtualTime(), () => 0.5);
        var answer = await api.SubmitAsync(MediaKind.Image, "{}", CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
        // Whether the reset was seen before the body was handed over is the network's choice.
        Assert.True(answer is SubmitAnswer.Unknown or SubmitAnswer.NotTaken, $"{answer}");
        await end.CancelAsync();
        await resetting;
    }

    [Fact]
    public async Task A_connection_in_use_before_that_is_lost_is_not_tried_again_either()
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ =>
            ++count == 1 ? Reply.Json(200, Taken) : Reply.Nothing(Ending.Close));
        Assert.IsType<SubmitAnswer.Accepted>(await atlas.SubmitAsync());
        Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.Equal(2, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task An_answer_cut_at_any_byte_leaves_it_unknown()
    {
        var cut = 0;
        await using var atlas = new ApiUnderTest(
            _ => Reply.Json(200, Taken) with { SentBytes = cut, Ending = Ending.Close },
            options => options with { BreakerThroughput = 10_000 });
        var length = Reply.Json(200, Taken).ToBytes().Length;
        for (cut = 0; cut < length; cut++)
            Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.Equal(length, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task A_server_that_hangs_after_reading_leaves_it_unknown_when_the_time_is_over()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Hang));
        var submission = atlas.SubmitAsync();
        await atlas.Server.NextRequestAsync();
        atlas.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(submission.IsCompleted);
        atlas.Time.Advance(TimeSpan.FromSeconds(2));
        var unknown = Assert.IsType<SubmitAnswer.Unknown>(await submission);
        Assert.Contains("no answer within 60 s", unknown.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_hangs_is_timed_too()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken).CutAt(10, Ending.Hang));
        var submission = atlas.SubmitAsync();
        await atlas.Server.NextRequestAsync();
        atlas.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.IsType<SubmitAnswer.Unknown>(await submission);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_still_named_by_its_request()
    {
        await using var atlas = new ApiUnderTest(_ =>
            Reply.Json(200, Taken).With("X-Request-ID", "req-7").CutAt(5, Ending.Close));
        var unknown = Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.Equal("req-7", unknown.Failure.RequestId);
    }

    [Fact]
    public async Task A_job_that_is_larger_than_Atlas_takes_is_refused_before_anything_is_sent()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Taken),
            options => options with { MaxSubmissionBytes = 3 * 1024 * 1024 });
        var refused = Assert.IsType<SubmitAnswer.Rejected>(await atlas.SubmitAsync(new string('x', 4 * 1024 * 1024)));
        Assert.Equal("The job is larger than the 3 MB that Atlas Cloud takes. Upload its inputs first.",
            refused.Failure.Message);
        Assert.Empty(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_cancelled_call_throws_and_answers_nothing()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Hang));
        using var cancellation = new CancellationTokenSource();
        var submission = atlas.Api.SubmitAsync(MediaKind.Image, "{}", cancellation.Token);
        await atlas.Server.NextRequestAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => submission);
    }

    [Theory]
    [InlineData(301, typeof(SubmitAnswer.Rejected))]
    [InlineData(302, typeof(SubmitAnswer.Unknown))]
    [InlineData(303, typeof(SubmitAnswer.Unknown))]
    [InlineData(307, typeof(SubmitAnswer.Rejected))]
    [InlineData(308, typeof(SubmitAnswer.Rejected))]
    public async Task A_redirect_is_an_answer_and_is_not_followed(int status, Type kind)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Redirect(status, "/elsewhere"));
        Assert.IsType(kind, await atlas.SubmitAsync());
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task A_server_error_is_not_tried_again()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(503, """{"code":503,"msg":"busy","data":null}"""));
        Assert.IsType<SubmitAnswer.NotTaken>(await atlas.SubmitAsync());
        Assert.Single(atlas.Server.Heard);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_the_end()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Text(200, "application/json", new string(' ', 5000)),
            options => options with { MaxAnswerBytes = 4096 });
        var unknown = Assert.IsType<SubmitAnswer.Unknown>(await atlas.SubmitAsync());
        Assert.Contains("too long", unknown.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key with blanks")]
    [InlineData("key\r\nX-Other: 1")]
    public void A_key_that_no_header_can_carry_is_refused_without_being_shown(string key)
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            new AtlasApi(new AtlasApiOptions { ApiKey = key }, new VirtualTime(), () => 0.5));
        Assert.DoesNotContain("X-Other", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_do_not_show_the_key() =>
        Assert.Equal("AtlasApiOptions { BaseUrl = https://host/v1 }",
            new AtlasApiOptions { ApiKey = ApiUnderTest.Key, BaseUrl = new Uri("https://u:p@host/v1?s=1") }.ToString());

    private static async Task ResetAllAsync(TcpListener listener, CancellationToken end)
    {
        try
        {
            while (true)
                using (var connection = await listener.AcceptSocketAsync(end))
                    connection.LingerState = new LingerOption(true, 0);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
