using System.Globalization;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>Where a prediction stands when it is told of, and the word for it.</summary>
internal sealed record PolledPrediction(
    Prediction Prediction, bool IsDone, bool IsPriceKnown, string Origin, string Status)
{
    /// <summary>How it is told if it failed.</summary>
    public FailureTransport Transport { get; init; }

    /// <summary>The outputs themselves, where they are to stand in the answer.</summary>
    public JsonArray? Inline { get; init; }

    /// <summary>What stands behind the outputs' addresses: nothing, or a query with its question mark.</summary>
    public string Query { get; init; } = "";

    public bool HasFailed => IsDone && !Prediction.IsCharged;

    public string? Error => !HasFailed ? null : Prediction.Outcome switch
    {
        Outcome.Moderated => "Input Prompt violates policy",
        Outcome.TimedOut => "Generation timed out (code: generation_timeout)",
        _ => "Generation failed: task processing failed (code: generation_failed)",
    };

    /// <summary>Moderation always answers 200; other failures come by the transport that was ordered.</summary>
    public int HttpStatus =>
        HasFailed && Prediction.Outcome == Outcome.Failed && Transport == FailureTransport.InternalServerError
            ? 500
            : 200;

    /// <summary>The addresses of its outputs, or what they say where they are texts.</summary>
    public JsonArray Outputs() => Prediction is { Format: OutputFormat.Text, Outcome: Outcome.Completed }
        ? new JsonArray(new JsonObject { ["text"] = $"What was said in {Prediction.Model}'s recording." })
        : Inline ?? AnswerForms.Strings(Prediction.OutputNames().Select(name => $"{Origin}/outputs/{name}{Query}"));
}

/// <summary>One of the ways in which submissions and polls are answered.</summary>
internal interface IAnswerForm
{
    /// <summary>The paths that answer a poll, below the API's root, with <c>{id}</c>.</summary>
    IReadOnlyList<string> PollPaths { get; }

    JsonObject Submitted(PolledPrediction accepted);

    (int Status, JsonObject Body) Polled(PolledPrediction polled);

    JsonObject Uploaded(string url, string fileName, string contentType, long size);
}

internal static class AnswerForms
{
    public const string Root = "/api/v1";

    public static IAnswerForm Create(AnswerForm form) => form switch
    {
        AnswerForm.Real => new RealForm(),
        AnswerForm.Tutorial => new TutorialForm(),
        AnswerForm.Reference => new ReferenceForm(),
        AnswerForm.Former => new FormerForm(),
        AnswerForm.PredictionId => new PredictionIdForm(),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such answer form."),
    };

    public static string Usd(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
