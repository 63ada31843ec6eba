using System.Text.Json.Nodes;

namespace AtlasActors.Simulator.Http;

/// <summary>What some clients read: a lone <c>predictionId</c>, then <c>data</c> with one output as a text.</summary>
internal sealed class PredictionIdForm : IAnswerForm
{
    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}"];

    public JsonObject Submitted(PolledPrediction accepted) => new() { ["predictionId"] = accepted.Prediction.Id };

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var data = new JsonObject { ["status"] = polled.Status };
        if (polled is { IsDone: true, HasFailed: false }) data["output"] = Output(polled.Outputs());
        if (polled.HasFailed) data["error"] = new JsonObject { ["message"] = polled.Error };
        return (polled.HttpStatus, new JsonObject { ["code"] = polled.HttpStatus, ["data"] = data });
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) =>
        new() { ["data"] = new JsonObject { ["file_url"] = url } };

    // One stands for itself, and several are a list.
    private static JsonNode? Output(JsonArray outputs) => outputs switch
    {
        [] => null,
        [var only] => only!.DeepClone(),
        _ => outputs,
    };
}
