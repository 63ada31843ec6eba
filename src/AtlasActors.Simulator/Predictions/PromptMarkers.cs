using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.Simulator.Predictions;

/// <summary>The trouble that a prompt asks for; <see cref="FaultOptions"/> says how.</summary>
internal sealed partial record PromptMarkers(int FailedAttempts, bool Moderated, bool Empty, bool Slow)
{
    public static PromptMarkers Read(string prompt)
    {
        var markers = new PromptMarkers(0, Moderated: false, Empty: false, Slow: false);
        foreach (Match match in Marker().Matches(prompt))
            markers = match.Groups["word"].Value.ToUpperInvariant() switch
            {
                "FAIL" => markers with { FailedAttempts = Attempts(match.Groups["count"]) },
                "MODERATION" => markers with { Moderated = true },
                "EMPTY" => markers with { Empty = true },
                _ => markers with { Slow = true },
            };
        return markers;
    }

    public Outcome OutcomeOf(int attempt) => this switch
    {
        { Moderated: true } => Outcome.Moderated,
        _ when attempt <= FailedAttempts => Outcome.Failed,
        { Empty: true } => Outcome.Empty,
        _ => Outcome.Completed,
    };

    private static int Attempts(Group count) =>
        int.TryParse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts)
            ? attempts
            : int.MaxValue;

    [GeneratedRegex(@"\[(?<word>fail|moderation|empty|slow)(:(?<count>\d+))?\]", RegexOptions.IgnoreCase)]
    private static partial Regex Marker();
}
