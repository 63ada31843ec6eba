using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>
/// The words for where a prediction stands: before it begins, while it runs, when it has its outputs.
/// </summary>
internal sealed record StatusWords(string Initial, string Running, string Completed)
{
    // A job of the live service waits for a while before a machine has it.
    private const double WaitingPart = 0.25;

    private static readonly string[] Initials = ["created", "starting", "queued", "pending", "submitted"];

    /// <summary>The answer form's own words, or where they are to vary, some of the many that were seen.</summary>
    public static StatusWords Of(SimulatorOptions options, long number)
    {
        if (options.VariedStatuses)
        {
            var choice = (ulong)(Chance.Draw(options.Seed, ChancePurpose.StatusWords, number) * 1000);
            return new StatusWords(
                Initials[choice % (ulong)Initials.Length],
                choice / 5 % 2 == 0 ? "processing" : "running",
                choice / 10 % 2 == 0 ? "completed" : "succeeded");
        }

        return options.Form == AnswerForm.Reference
            ? new StatusWords("created", "processing", "succeeded")
            : new StatusWords("processing", "processing", "completed");
    }

    /// <summary>The word for a prediction at a moment.</summary>
    public static string At(SimulatorOptions options, Prediction prediction, DateTimeOffset now)
    {
        var words = Of(options, prediction.Number);
        return prediction.IsDone(now) ? words.AtEnd(prediction.Outcome) : words.BeforeEnd(options, prediction, now);
    }

    /// <summary>The word for a prediction that has not ended.</summary>
    public string BeforeEnd(SimulatorOptions options, Prediction prediction, DateTimeOffset now) =>
        options.VariedStatuses && now < prediction.AcceptedAt + (prediction.Takes * WaitingPart) ? Initial : Running;

    /// <summary>The word for its end.</summary>
    public string AtEnd(Outcome outcome) => outcome switch
    {
        Outcome.TimedOut => "timeout",
        Outcome.Failed or Outcome.Moderated => "failed",
        _ => Completed,
    };
}
