using System.Text;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>Where Atlas calls: what is handed in, and what is answered.</summary>
public sealed class HooksSpecs : IAsyncLifetime
{
    private const string Path = "/hooks/atlas/b-1/12/3/t0ken";

    private readonly ServedBatches _served = new();

    public Task InitializeAsync() => _served.StartAsync("--log-level", "trace");

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task Path_headers_and_body_are_handed_in_as_they_came()
    {
        var answer = await _served.SendAsync(
            "POST", Path, "{\"session_id\" :\"ü\"}\r\n", "application/json", ("x-atlascloud-webhook-timestamp", "17"),
            ("X-AtlasCloud-Webhook-Key-Id", "k1"), ("X-AtlasCloud-Webhook-Signature-Ed25519", "s"), ("X-AtlasCloud-Webhook-Signature", "old"));

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        var (path, webhook) = Assert.Single(_served.Batches.Delivered);
        Assert.Equal(new WebhookPath("b-1", "12", "3", "t0ken"), path);
        Assert.Equal(("17", "k1", "s"), (webhook.Timestamp, webhook.KeyId, webhook.Signature));
        Assert.Equal("{\"session_id\" :\"ü\"}\r\n", Encoding.UTF8.GetString(webhook.Body.Span));
    }

    [Theory]
    [InlineData(WebhookFault.HeaderMissing, 401)]
    [InlineData(WebhookFault.TimestampUnreadable, 401)]
    [InlineData(WebhookFault.TooOld, 401)]
    [InlineData(WebhookFault.KeyUnknown, 401)]
    [InlineData(WebhookFault.SignatureWrong, 401)]
    [InlineData(WebhookFault.BodyUnreadable, 400)]
    [InlineData(WebhookFault.KeysUnreachable, 503)]
    public async Task What_is_not_Atlas_s_is_answered_with_a_constant(WebhookFault fault, int status)
    {
        _served.Batches.Reply = new WebhookReply.Refused(fault);
        var answer = await _served.SendAsync("POST", Path, "{}");
        Assert.Equal(status, answer.Status);
        Assert.Contains(fault.Sentence(), answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_nobody_s_is_not_found_and_no_more_is_said()
    {
        _served.Batches.Reply = new WebhookReply.Unknown();
        var answer = await _served.SendAsync("POST", Path, "{}");
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("detail", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_taken_now_is_to_be_delivered_again()
    {
        _served.Batches.Reply = new WebhookReply.Later();
        var answer = await _served.SendAsync("POST", Path, "{}");
        Assert.Equal((503, "30"), (answer.Status, answer.Whole.Headers.RetryAfter!.ToString()));
    }

    [Theory]
    [InlineData(1024 * 1024, 204)]
    [InlineData(1024 * 1024 + 1, 413)]
    public async Task A_body_may_have_a_megabyte(int length, int status) =>
        Assert.Equal(status, (await _served.SendAsync("POST", Path, new string('x', length))).Status);

    [Fact]
    public async Task Whatever_happens_no_line_of_the_log_shows_a_token()
    {
        foreach (var reply in new WebhookReply[] { new WebhookReply.Taken(), new WebhookReply.Unknown(), new WebhookReply.Later() })
        {
            _served.Batches.Reply = reply;
            await _served.SendAsync("POST", Path, "{}");
        }
        _served.Batches.Reply = null!;
        Assert.Equal(503, (await _served.SendAsync("POST", Path, "{}")).Status);
        await _served.SendAsync("POST", Path, new string('x', 2_000_000));
        await _served.SendAsync("GET", Path);
        Assert.Equal(0, await _served.StopAsync());
        Assert.DoesNotContain("t0ken", _served.Out + _served.Errors, StringComparison.Ordinal);
    }
}
