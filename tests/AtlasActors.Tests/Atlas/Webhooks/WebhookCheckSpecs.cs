using System.Text;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Atlas.Webhooks;

public sealed class WebhookCheckSpecs
{
    private static readonly DateTimeOffset Now = Support.Some.Time;
    private static readonly Signer Atlas = Signer.Of("k1");
    private static readonly FixedKeys Keys = new(Atlas);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"session_id":"p1","event_type":"image.task.terminal","status":"OK","payload":{"status":"succeeded","price":"0.03"}}""");

    [Fact]
    public async Task What_Atlas_signed_is_Atlas_s() => Assert.Equal(
        new WebhookCheck.Verified(new WebhookEvent("p1", WebhookEnding.Completed, new Usd(0.03m))),
        await CheckAsync(Atlas.Webhook(Now, Body)));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    [InlineData(-86400, false)]
    public async Task A_timestamp_may_be_five_minutes_off_either_way(int seconds, bool isRight)
    {
        var check = await CheckAsync(Atlas.Webhook(Now.AddSeconds(seconds), Body));
        Assert.Equal(isRight ? null : WebhookFault.TooOld, (check as WebhookCheck.Refused)?.Fault);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("+1795240800")]
    [InlineData(" 1795240800")]
    [InlineData("1795240800.0")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public Task A_timestamp_is_a_number_of_seconds(string timestamp) => RefusesAsync(
        WebhookFault.TimestampUnreadable, Atlas.Webhook(Now, Body) with { Timestamp = timestamp });

    [Fact]
    public async Task Without_a_header_of_the_signature_nothing_is_looked_up()
    {
        var whole = Atlas.Webhook(Now, Body);
        await RefusesAsync(WebhookFault.HeaderMissing, whole with { Timestamp = null });
        await RefusesAsync(WebhookFault.HeaderMissing, whole with { Signature = null });
        await RefusesAsync(WebhookFault.HeaderMissing, whole with { KeyId = null });
        await RefusesAsync(WebhookFault.HeaderMissing, whole with { KeyId = "" });
    }

    [Fact]
    public async Task Tampered_with_it_is_nobody_s()
    {
        var whole = Atlas.Webhook(Now, Body);
        await RefusesAsync(WebhookFault.SignatureWrong, whole with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body) + " ") });
        await RefusesAsync(WebhookFault.SignatureWrong, whole with { Body = default });
        await RefusesAsync(WebhookFault.SignatureWrong, whole with { Timestamp = Later(whole.Timestamp!) });
        // The same number, written otherwise: the text is signed, not the number.
        await RefusesAsync(WebhookFault.SignatureWrong, whole with { Timestamp = "0" + whole.Timestamp });
        await RefusesAsync(WebhookFault.SignatureWrong, Signer.Of("k2").Webhook(Now, Body) with { KeyId = "k1" });
        foreach (var signature in new[] { "", "AAAA", "?", new string('A', 86), whole.Signature![..^2], whole.Signature + "AA", new string('A', 100_000) })
            await RefusesAsync(WebhookFault.SignatureWrong, whole with { Signature = signature });
    }

    [Fact]
    public async Task A_key_that_Atlas_does_not_publish_is_not_known_and_one_that_cannot_be_had_may_come_to_be()
    {
        await RefusesAsync(WebhookFault.KeyUnknown, Signer.Of("k2").Webhook(Now, Body));
        var check = await WebhookCheck.OfAsync(Atlas.Webhook(Now, Body), new NoKeys(), Now, default);
        Assert.Equal(new WebhookCheck.Refused(WebhookFault.KeysUnreachable), check);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"session_id":7}""")]
    [InlineData("""{"session_id":""}""")]
    [InlineData("""{"session_id":".."}""")]
    [InlineData("""{"session_id":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"payload":"p1"}""")]
    public Task Signed_and_without_a_prediction_it_tells_nothing(string body) =>
        RefusesAsync(WebhookFault.BodyUnreadable, Atlas.Webhook(Now, Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("""{"session_id":"p1","status":"OK","payload":{"status":"succeeded"}}""", WebhookEnding.Completed)]
    [InlineData("""{"session_id":"p1","status":"OK","payload":{"status":"completed"}}""", WebhookEnding.Completed)]
    [InlineData("""{"session_id":"p1","status":"ERROR","payload":{"status":"failed"},"error":"no"}""", WebhookEnding.Failed)]
    [InlineData("""{"session_id":"p1","status":"OK","payload":{"status":"failed"}}""", WebhookEnding.Failed)]
    [InlineData("""{"session_id":"p1","status":"OK","payload":{"status":"timeout"}}""", WebhookEnding.Failed)]
    [InlineData("""{"session_id":"p1","status":"ERROR"}""", WebhookEnding.Failed)]
    [InlineData("""{"session_id":"p1","status":"OK"}""", WebhookEnding.Completed)]
    [InlineData("""{"session_id":"p1","status":"ERROR","payload":{"status":"completed"}}""", WebhookEnding.Unclear)]
    [InlineData("""{"session_id":"p1","status":"OK","payload":{"status":"processing"}}""", WebhookEnding.Unclear)]
    [InlineData("""{"session_id":"p1"}""", WebhookEnding.Unclear)]
    [InlineData("""{"payload":{"id":"p1","status":"SUCCEEDED"}}""", WebhookEnding.Completed)]
    public void The_payload_s_own_word_says_how_it_ended(string body, WebhookEnding ending) => Assert.Equal(
        new WebhookEvent("p1", ending, null), WebhookEvent.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void No_header_and_no_body_of_any_shape_makes_it_throw() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Anything.ToArbitrary(), webhook => CheckAsync(webhook).GetAwaiter().GetResult() is WebhookCheck.Refused));

    [Fact]
    public void Every_fault_has_a_sentence() => Assert.All(
        Enum.GetValues<WebhookFault>(), fault => Assert.EndsWith(".", fault.Sentence(), StringComparison.Ordinal));

    private static Gen<SignedWebhook> Anything =>
        from timestamp in Gen.Elements("1795240800", Now.ToUnixTimeSeconds().ToString(null as IFormatProvider), "x", "", "\r\n", null)
        from keyId in Gen.Elements("k1", "k2", "", "\u0000", "\ud800", null)
        from signature in Gen.Elements(new string('A', 86), new string('_', 86), "=", "==", " ", "é", "\ud800", "", null)
        from body in Gen.OneOf(Contract.RandomAnswers.Json.Select(Encoding.UTF8.GetBytes), ArbMap.Default.GeneratorFor<byte[]>())
        select new SignedWebhook(timestamp, keyId, signature, body);

    private static string Later(string timestamp) => $"{long.Parse(timestamp, null) + 1}";

    private static Task<WebhookCheck> CheckAsync(SignedWebhook webhook) => WebhookCheck.OfAsync(webhook, Keys, Now, default);

    private static async Task RefusesAsync(WebhookFault fault, SignedWebhook webhook) =>
        Assert.Equal(new WebhookCheck.Refused(fault), await CheckAsync(webhook));

    private sealed class FixedKeys(params Signer[] signers) : IWebhookKeys
    {
        public Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellation) => Task.FromResult<KeyLookup>(
            signers.FirstOrDefault(signer => signer.KeyId == keyId) is { } signer ? new KeyLookup.Found(signer.Key) : new KeyLookup.Unknown());
    }

    private sealed class NoKeys : IWebhookKeys
    {
        public Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellation) => Task.FromResult<KeyLookup>(new KeyLookup.Unreachable());
    }
}
