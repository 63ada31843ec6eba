using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>What the tutorial's script reads: flat answers, and a poll path that ends in <c>/get</c>.</summary>
internal sealed class TutorialForm : IAnswerForm
{
    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}/get"];

    public JsonObject Submitted(PolledPrediction accepted) => new() { ["request_id"] = accepted.Prediction.Id };

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var body = new JsonObject
        {
            ["status"] = polled.Status,
            ["output"] = Output(polled),
            ["error"] = polled.Error,
        };
        return (polled.HttpStatus, body);
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) => new() { ["url"] = url };

    private static JsonObject? Output(PolledPrediction polled)
    {
        if (!polled.IsDone || polled.HasFailed) return null;
        if (polled.Outputs() is not [var first, ..]) return [];
        // The tutorial knows pictures and videos; the other fields are what it would have called them.
        var field = polled.Prediction.Format switch
        {
            OutputFormat.Mp4 => "video_url",
            OutputFormat.Wav => "audio_url",
            OutputFormat.Glb => "model_url",
            _ => "image_url",
        };
        return first is JsonObject text
            ? (JsonObject)text.DeepClone()
            : new JsonObject { [field] = first!.DeepClone() };
    }
}
