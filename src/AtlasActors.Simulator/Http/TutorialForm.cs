using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>What the tutorial's script reads: flat answers, and a poll path that ends in <c>/get</c>.</summary>
internal sealed class TutorialForm(FailureTransport transport) : IAnswerForm
{
    public IReadOnlyList<string> PollPaths => ["/model/prediction/{id}/get"];

    public JsonObject Submitted(Prediction prediction, string origin) => new() { ["request_id"] = prediction.Id };

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var body = new JsonObject
        {
            ["status"] = StatusOf(polled),
            ["output"] = Output(polled),
            ["error"] = polled.Error,
        };
        return (AnswerForms.StatusOf(polled, transport), body);
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) => new() { ["url"] = url };

    private static string StatusOf(PolledPrediction polled) =>
        polled.HasFailed ? "failed" : polled.IsDone ? "completed" : "processing";

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
        return first is JsonObject text ? (JsonObject)text.DeepClone() : new JsonObject { [field] = first!.DeepClone() };
    }
}
