using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>The service as it is: an envelope with <c>data</c>, outputs as a list, the charge as a string.</summary>
internal sealed class RealForm : IAnswerForm
{
    private const int ModerationCode = 1039;

    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}", "/model/result/{id}"];

    public JsonObject Submitted(PolledPrediction accepted) => Envelope(new JsonObject
    {
        ["id"] = accepted.Prediction.Id,
        ["model"] = accepted.Prediction.Model,
        ["outputs"] = null,
        ["urls"] = Urls(accepted.Prediction, accepted.Origin),
        ["status"] = accepted.Status,
    });

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var status = polled.HttpStatus;
        return (status, Envelope(Told(polled), status, status == 200 ? "" : polled.Error!));
    }

    /// <summary>The <c>data</c> of a poll's answer, which a webhook has as its payload.</summary>
    public static JsonObject Told(PolledPrediction polled) => polled switch
    {
        { IsDone: false } => Running(polled),
        { HasFailed: true } => Failed(polled),
        _ => Completed(polled),
    };

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
        ["status"] = polled.Status,
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
            ["status"] = polled.Status,
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
            ["status"] = polled.Status,
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
