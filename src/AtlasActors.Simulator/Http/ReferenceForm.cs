using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>What the short reference page shows: a flat answer to a submission, polls wrapped in <c>data</c>.</summary>
internal sealed class ReferenceForm : IAnswerForm
{
    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}"];

    public JsonObject Submitted(PolledPrediction accepted) => new()
    {
        ["id"] = accepted.Prediction.Id,
        ["status"] = accepted.Status,
        ["model"] = accepted.Prediction.Model,
        ["created_at"] = AnswerForms.Iso(accepted.Prediction.AcceptedAt),
    };

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var prediction = polled.Prediction;
        var isSuccess = polled is { IsDone: true, HasFailed: false };
        var body = new JsonObject
        {
            ["id"] = prediction.Id,
            ["status"] = polled.Status,
            ["model"] = prediction.Model,
            ["outputs"] = isSuccess ? polled.Outputs() : null,
            ["created_at"] = AnswerForms.Iso(prediction.AcceptedAt),
        };
        if (polled.IsDone) body["completed_at"] = AnswerForms.Iso(prediction.DoneAt);
        if (isSuccess)
            body["metrics"] = new JsonObject { ["predict_time"] = Math.Round(prediction.Takes.TotalSeconds, 1) };
        if (polled.HasFailed) body["error"] = polled.Error;
        return (polled.HttpStatus, new JsonObject { ["data"] = body });
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) => new()
    {
        ["data"] = new JsonObject
        {
            ["download_url"] = url,
            ["file_name"] = fileName,
            ["content_type"] = contentType,
            ["size"] = size,
        },
    };
}
