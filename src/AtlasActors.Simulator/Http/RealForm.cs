using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>The service as it is: an envelope with <c>data</c>, outputs as a list, the charge as a string.</summary>
internal sealed class RealForm(FailureTransport transport) : IAnswerForm
{
    private const int ModerationCode = 1039;

    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}", "/model/result/{id}"];

    public JsonObject Submitted(Prediction prediction, string origin) => Envelope(new JsonObject
    {
        ["id"] = prediction.Id,
        ["model"] = prediction.Model,
        ["outputs"] = null,
        ["urls"] = Urls(prediction, origin),
        ["status"] = "processing",
    });

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var status = AnswerForms.StatusOf(polled, transport);
        var body = polled switch
        {
            { IsDone: false } => Envelope(Running(polled)),
            { HasFailed: true } => Envelope(Failed(polled), status, status == 200 ? "" : polled.Error!),
            _ => Envelope(Completed(polled)),
        };
        return (status, body);
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) => Envelope(new JsonObject
    {
        ["type"] = contentType,
        ["download_url"] = url,
        ["filename"] = fileName,
        ["size"] = size,
    });

    private static JsonObject Running(PolledPrediction polled) => new()
    {
        ["id"] = polled.Prediction.Id,
        ["model"] = polled.Prediction.Model,
        ["status"] = "processing",
        ["outputs"] = null,
        ["urls"] = Urls(polled.Prediction, polled.Origin),
        ["created_at"] = AnswerForms.Iso(polled.Prediction.AcceptedAt),
    };

    private static JsonObject Completed(PolledPrediction polled)
    {
        var milliseconds = (long)polled.Prediction.Takes.TotalMilliseconds;
        var outputs = polled.Outputs();
        var body = new JsonObject
        {
            ["id"] = polled.Prediction.Id,
            ["model"] = polled.Prediction.Model,
            ["status"] = "completed",
            ["outputs"] = outputs,
            ["urls"] = Urls(polled.Prediction, polled.Origin),
            ["has_nsfw_contents"] = new JsonArray([.. outputs.Select(_ => (JsonNode)false)]),
            ["created_at"] = AnswerForms.Iso(polled.Prediction.AcceptedAt),
            ["completed_at"] = AnswerForms.Iso(polled.Prediction.DoneAt),
            ["executionTime"] = milliseconds,
            ["timings"] = new JsonObject { ["inference"] = milliseconds },
            ["error"] = "",
        };
        if (polled.IsPriceKnown) body["price"] = AnswerForms.Usd(polled.Prediction.Price);
        return body;
    }

    private static JsonObject Failed(PolledPrediction polled)
    {
        var body = new JsonObject
        {
            ["id"] = polled.Prediction.Id,
            ["model"] = polled.Prediction.Model,
            ["status"] = "failed",
            ["outputs"] = null,
            ["executionTime"] = 0,
            ["timings"] = new JsonObject { ["inference"] = 0 },
            ["error"] = polled.Error,
        };
        if (polled.Prediction.Outcome == Outcome.Moderated) body["error_code"] = ModerationCode;
        return body;
    }

    private static JsonObject Urls(Prediction prediction, string origin) =>
        new() { ["get"] = $"{origin}{AnswerForms.Root}/model/prediction/{prediction.Id}" };

    private static JsonObject Envelope(JsonObject body, int code = 200, string message = "") =>
        new() { ["code"] = code, ["message"] = message, ["data"] = body };
}
