using System.Globalization;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>Where a prediction stands when it is polled.</summary>
internal sealed record PolledPrediction(Prediction Prediction, bool IsDone, bool IsPriceKnown, string Origin)
{
    public bool HasFailed => IsDone && !Prediction.IsCharged;

    public string? Error => !HasFailed ? null : Prediction.Outcome == Outcome.Moderated
        ? "Input Prompt violates policy"
        : "Generation failed: task processing failed (code: generation_failed)";

    /// <summary>The addresses of its outputs, or what they say where they are texts.</summary>
    public JsonArray Outputs() => Prediction is { Format: OutputFormat.Text, Outcome: Outcome.Completed }
        ? new JsonArray(new JsonObject { ["text"] = $"What was said in {Prediction.Model}'s recording." })
        : AnswerForms.Strings(Prediction.OutputNames().Select(name => $"{Origin}/outputs/{name}"));
}

/// <summary>One of the ways in which submissions and polls are answered.</summary>
internal interface IAnswerForm
{
    /// <summary>The paths that answer a poll, below the API's root, with <c>{id}</c>.</summary>
    IReadOnlyList<string> PollPaths { get; }

    JsonObject Submitted(Prediction prediction, string origin);

    (int Status, JsonObject Body) Polled(PolledPrediction polled);

    JsonObject Uploaded(string url, string fileName, string contentType, long size);
}

internal static class AnswerForms
{
    public const string Root = "/api/v1";

    public static IAnswerForm Create(AnswerForm form, FailureTransport transport) => form switch
    {
        AnswerForm.Real => new RealForm(transport),
        AnswerForm.Tutorial => new TutorialForm(transport),
        AnswerForm.Reference => new ReferenceForm(transport),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such answer form."),
    };

    public static string Usd(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    /// <summary>Moderation always answers 200; other failures come by the transport that was ordered.</summary>
    public static int StatusOf(PolledPrediction polled, FailureTransport transport) =>
        polled is { HasFailed: true, Prediction.Outcome: Outcome.Failed }
        && transport == FailureTransport.InternalServerError
            ? 500
            : 200;
}
