using System.Text.Json.Nodes;

namespace AtlasActors.Simulator.Http;

/// <summary>The schema of late 2025: everything flat, outputs as objects, polled at <c>result</c>.</summary>
internal sealed class FormerForm : IAnswerForm
{
    public IReadOnlyList<string> PollPaths => ["/model/result/{id}"];

    public JsonObject Submitted(PolledPrediction accepted) => Told(accepted);

    public (int Status, JsonObject Body) Polled(PolledPrediction polled)
    {
        var body = Told(polled);
        if (polled.HasFailed) body["error"] = polled.Error;
        return (polled.HttpStatus, body);
    }

    public JsonObject Uploaded(string url, string fileName, string contentType, long size) =>
        new() { ["code"] = 200, ["data"] = url };

    private static JsonObject Told(PolledPrediction told)
    {
        var (id, api) = (told.Prediction.Id, $"{told.Origin}{AnswerForms.Root}/model");
        var outputs = told is { IsDone: true, HasFailed: false } ? told.Outputs() : [];
        return new JsonObject
        {
            ["id"] = id,
            ["urls"] = new JsonObject { ["cancel"] = $"{api}/cancel/{id}", ["result"] = $"{api}/result/{id}" },
            ["model"] = told.Prediction.Model,
            ["status"] = told.Status,
            ["outputs"] = new JsonArray([.. outputs.Select(Described)]),
            ["created_at"] = AnswerForms.Iso(told.Prediction.AcceptedAt),
            ["has_nsfw_contents"] = new JsonArray([.. outputs.Select(_ => (JsonNode)false)]),
        };
    }

    private static JsonNode Described(JsonNode? output) =>
        output is JsonValue address ? new JsonObject { ["url"] = address.GetValue<string>() } : output!.DeepClone();
}
