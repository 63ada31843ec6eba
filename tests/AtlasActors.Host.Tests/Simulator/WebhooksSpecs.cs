using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Webhooks;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class WebhooksSpecs : IAsyncLifetime
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    // The keys follow from the seed, which is 1 unless told otherwise.
    private readonly WebhookKeys _keys = new(seed: 1);

    private CalledReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await CalledReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Theory]
    [InlineData("image", "a lake", "OK", "completed")]
    [InlineData("video", "waves", "OK", "completed")]
    [InlineData("audio", "rain", "OK", "completed")]
    [InlineData("image", "[fail] a lake", "ERROR", "failed")]
    [InlineData("image", "[moderation] a lake", "ERROR", "failed")]
    [InlineData("image", "[timeout] a lake", "OK", "timeout")]
    public async Task The_end_of_a_prediction_is_called_out(string kind, string prompt, string status, string payload)
    {
        await using var atlas = await StartAsync();
        var id = await SubmitAsync(atlas, prompt, kind);

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();
        var body = JsonNode.Parse(call.Body)!;

        Assert.Equal((id, id), (call["Id"], (string)body["session_id"]!));
        Assert.Equal(($"{kind}.task.terminal", $"{kind}.task.terminal"), (call["Event"], (string)body["event_type"]!));
        Assert.Equal((status, payload), ((string)body["status"]!, (string)body["payload"]!["status"]!));
        Assert.Equal(status == "ERROR", body["error"] is not null);
        Assert.NotNull(body["created_at"]);
        Assert.Equal(payload == "completed", body["payload"]!["outputs"] is JsonArray);
        Assert.Matches("^[0-9a-f]{64}$", call["Signature"]);
    }

    [Fact]
    public async Task The_payload_is_what_a_poll_says()
    {
        await using var atlas = await StartAsync();
        var id = await SubmitAsync(atlas, "a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        var payload = JsonNode.Parse(call.Body)!["payload"]!;
        Assert.Equal((await atlas.PollAsync(id)).ToJsonString(), payload.ToJsonString());
    }

    [Fact]
    public async Task It_is_signed_by_the_published_key_over_time_and_body()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        atlas.Http.DefaultRequestHeaders.Authorization = null;
        var published = await AtlasCaller.ReadAsync(await atlas.GetAsync("/webhooks/jwks.json"));
        var key = Assert.Single(published["keys"]!.AsArray())!;
        Assert.Equal(("OKP", "Ed25519"), ((string)key["kty"]!, (string)key["crv"]!));
        Assert.Equal(call["Key-Id"], (string)key["kid"]!);
        Assert.Equal(_keys.Current.Signer.PublicKey, Base64Url.DecodeFromChars((string)key["x"]!));
        Assert.Equal(
            atlas.Clock.GetUtcNow().ToUnixTimeSeconds(),
            long.Parse(call["Timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(Signature(call, _keys.Current), call["Signature-Ed25519"]);
    }

    [Fact]
    public async Task A_bad_answer_is_tried_again()
    {
        await using var receiver = await CalledReceiver.StartAsync(500, 503);
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "a lake", url: receiver.Url);

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var first = await receiver.NextAsync();
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromSeconds(1));
        var second = await receiver.NextAsync();
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromSeconds(2));
        var third = await receiver.NextAsync();

        Assert.Equal(first.Body, second.Body);
        Assert.NotEqual(first["Timestamp"], second["Timestamp"]);
        Assert.Equal(Signature(third, _keys.Current), third["Signature-Ed25519"]);
    }

    [Fact]
    public async Task A_prompt_can_have_the_call_made_twice()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-twice] a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);

        Assert.Equal((await _receiver.NextAsync()).Body, (await _receiver.NextAsync()).Body);
    }

    [Fact]
    public async Task A_prompt_can_have_the_call_made_late()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-late:7200] a lake");
        await SubmitAsync(atlas, "another lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var prompt = JsonNode.Parse((await _receiver.NextAsync()).Body)!;
        Assert.Equal(atlas.Simulator.Seen.Submissions[1].Id, (string)prompt["session_id"]!);
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromHours(2));
        var late = JsonNode.Parse((await _receiver.NextAsync()).Body)!;
        Assert.Equal(atlas.Simulator.Seen.Submissions[0].Id, (string)late["session_id"]!);
    }

    [Fact]
    public async Task A_prompt_can_have_the_first_call_forged()
    {
        await using var receiver = await CalledReceiver.StartAsync(401);
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-forged:1] a lake", url: receiver.Url);

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var forged = await receiver.NextAsync();
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromSeconds(1));
        var good = await receiver.NextAsync();

        Assert.NotEqual(Signature(forged, _keys.Current), forged["Signature-Ed25519"]);
        Assert.Equal(Signature(good, _keys.Current), good["Signature-Ed25519"]);
    }

    [Fact]
    public async Task A_prompt_can_have_the_call_signed_at_another_time()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-skewed] a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        var skew = atlas.Clock.GetUtcNow().ToUnixTimeSeconds()
            - long.Parse(call["Timestamp"], CultureInfo.InvariantCulture);
        Assert.True(skew > 300);
        Assert.Equal(Signature(call, _keys.Current), call["Signature-Ed25519"]);
    }

    [Fact]
    public async Task A_prompt_can_have_the_call_signed_by_nobody_known()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-unknown-key] a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        var published = await (await atlas.GetAsync("/webhooks/jwks.json")).Content.ReadAsStringAsync();
        Assert.DoesNotContain(call["Key-Id"], published, StringComparison.Ordinal);
        Assert.Equal(Signature(call, _keys.Unpublished), call["Signature-Ed25519"]);
    }

    [Fact]
    public async Task A_call_that_is_not_to_be_made_is_not()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "[webhook-never] a lake");
        await SubmitAsync(atlas, "another lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        Assert.Equal(atlas.Simulator.Seen.Submissions[1].Id, call["Id"]);
        Assert.Equal(0, _receiver.Waiting);
    }

    [Fact]
    public async Task A_fault_can_be_ordered_for_all()
    {
        await using var atlas = await StartAsync(
            new SimulatorOptions { Faults = new FaultOptions { Webhook = WebhookFault.Forged } });
        await SubmitAsync(atlas, "a lake");

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        Assert.NotEqual(Signature(call, _keys.Current), call["Signature-Ed25519"]);
    }

    [Fact]
    public async Task After_a_rotation_the_new_key_signs_and_the_former_is_still_published()
    {
        await using var atlas = await StartAsync();
        await SubmitAsync(atlas, "a lake");
        atlas.Simulator.RotateWebhookKey();

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);
        var call = await _receiver.NextAsync();

        var former = _keys.Current.Id;
        _keys.Rotate();
        Assert.Equal(_keys.Current.Id, call["Key-Id"]);
        Assert.Equal(Signature(call, _keys.Current), call["Signature-Ed25519"]);
        var published = await AtlasCaller.ReadAsync(await atlas.GetAsync("/webhooks/jwks.json"));
        Assert.Equal([_keys.Current.Id, former], published["keys"]!.AsArray().Select(key => (string)key!["kid"]!));
    }

    [Fact]
    public async Task A_submission_whose_answer_is_lost_is_called_all_the_same()
    {
        await using var atlas = await StartAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => atlas.PostAsync(
            "/model/generateImage", AtlasCaller.Image("[lost] a lake", ("webhook_url", _receiver.Url))));

        await atlas.Clock.AdvanceWaitingAsync(LongEnough);

        Assert.Equal(atlas.Simulator.Seen.Submissions.Single().Id, (await _receiver.NextAsync())["Id"]);
    }

    [Fact]
    public async Task A_bad_address_is_refused_and_nothing_is_taken()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.PostAsync(
            "/model/generateImage", AtlasCaller.Image("a lake", ("webhook_url", _receiver.Url)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(atlas.Simulator.Seen.Submissions);
    }

    [Fact]
    public async Task What_one_run_did_not_call_the_next_one_does()
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualClock();
        var options = new SimulatorOptions { JournalFile = folder.File("simulator.jsonl") };
        string id;
        await using (var atlas = await StartAsync(options, clock)) id = await SubmitAsync(atlas, "a lake");
        clock.Advance(LongEnough);

        await using (await StartAsync(options, clock)) Assert.Equal(id, (await _receiver.NextAsync())["Id"]);
    }

    private static Task<AtlasCaller> StartAsync(SimulatorOptions? options = null, ManualClock? clock = null) =>
        AtlasCaller.StartAsync((options ?? new SimulatorOptions()) with { AllowPrivateWebhooks = true }, clock);

    private Task<string> SubmitAsync(AtlasCaller atlas, string prompt, string kind = "image", string? url = null) =>
        atlas.SubmitAsync(
            $"/model/generate{char.ToUpperInvariant(kind[0])}{kind[1..]}",
            new JsonObject
            {
                ["model"] = "somebody/new", ["prompt"] = prompt, ["webhook_url"] = url ?? _receiver.Url,
            });

    private static string Signature(ReceivedCall call, WebhookKey key) => Base64Url.EncodeToString(
        key.Signer.Sign([.. Encoding.ASCII.GetBytes(call["Timestamp"]), (byte)'.', .. call.Body]));
}
