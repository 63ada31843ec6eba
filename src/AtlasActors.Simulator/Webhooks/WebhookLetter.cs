using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>What is sent when a prediction has ended: the body, and the headers that prove who wrote it.</summary>
internal static class WebhookLetter
{
    // More than the 300 seconds that a receiver allows.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    // The header of the time before Ed25519 is still sent; nobody outside can check it.
    private static readonly byte[] FormerSecret = SHA256.HashData("a simulator's former webhook secret"u8);

    /// <summary>
    /// The body. A prediction that timed out comes with the status OK, and its payload says what happened: receivers
    /// have to look there.
    /// </summary>
    public static byte[] Body(PolledPrediction ended, DateTimeOffset now)
    {
        var prediction = ended.Prediction;
        var isError = ended.HasFailed && prediction.Outcome != Outcome.TimedOut;
        var body = new JsonObject
        {
            ["session_id"] = prediction.Id,
            ["event_type"] = EventOf(prediction),
            ["status"] = isError ? "ERROR" : "OK",
            ["created_at"] = AnswerForms.Iso(now),
            ["payload"] = RealForm.Told(ended),
        };
        if (isError) body["error"] = ended.Error;
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    /// <summary>A request that carries the body; one for each attempt, as the time is part of what is signed.</summary>
    public static HttpRequestMessage Request(
        Prediction prediction, byte[] body, WebhookKeys keys, WebhookFault fault, DateTimeOffset now)
    {
        var key = fault == WebhookFault.UnknownKey ? keys.Unpublished : keys.Current;
        var at = fault == WebhookFault.Skewed ? now - Skew : now;
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body];
        var signature = key.Signer.Sign(signed);
        if (fault == WebhookFault.Forged) signature[0] ^= 1;
        var request = new HttpRequestMessage(HttpMethod.Post, prediction.Terms!.WebhookUrl)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-AtlasCloud-Webhook-Id", prediction.Id);
        request.Headers.Add("X-AtlasCloud-Webhook-Event", EventOf(prediction));
        request.Headers.Add("X-AtlasCloud-Webhook-Timestamp", timestamp);
        request.Headers.Add("X-AtlasCloud-Webhook-Key-Id", key.Id);
        request.Headers.Add("X-AtlasCloud-Webhook-Signature-Ed25519", Base64Url.EncodeToString(signature));
        request.Headers.Add(
            "X-AtlasCloud-Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(FormerSecret, signed)));
        return request;
    }

    private static string EventOf(Prediction prediction) => prediction.Kind switch
    {
        MediaKind.Image => "image.task.terminal",
        MediaKind.Video => "video.task.terminal",
        _ => "audio.task.terminal",
    };
}
