using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.Simulator.Predictions;

/// <summary>
/// The trouble that a prompt asks for: words in brackets, most with a count, <c>[fail]</c> or <c>[fail:2]</c>. Without
/// a count it is made every time.
/// </summary>
internal sealed partial class PromptMarkers
{
    /// <summary>The words, without brackets, and what they order.</summary>
    public static readonly IReadOnlyDictionary<string, PromptMarker> Words = new Dictionary<string, PromptMarker>(
        StringComparer.OrdinalIgnoreCase)
    {
        ["fail"] = PromptMarker.Fail,
        ["fail-200"] = PromptMarker.FailOk,
        ["fail-500"] = PromptMarker.FailInternalServerError,
        ["timeout"] = PromptMarker.TimeOut,
        ["moderation"] = PromptMarker.Moderation,
        ["empty"] = PromptMarker.Empty,
        ["slow"] = PromptMarker.Slow,
        ["drop"] = PromptMarker.SubmitDropped,
        ["lost"] = PromptMarker.SubmitLost,
        ["submit-402"] = PromptMarker.Submit402,
        ["submit-402-as-200"] = PromptMarker.Submit402AsOk,
        ["submit-429"] = PromptMarker.Submit429,
        ["submit-502"] = PromptMarker.Submit502,
        ["poll-404"] = PromptMarker.Poll404,
        ["poll-429"] = PromptMarker.Poll429,
        ["poll-502"] = PromptMarker.Poll502,
        ["expired"] = PromptMarker.OutputExpired,
        ["cut"] = PromptMarker.DownloadCut,
        ["late-price"] = PromptMarker.PriceLate,
        ["no-price"] = PromptMarker.PriceNever,
        ["charge"] = PromptMarker.Charge,
        ["webhook-twice"] = PromptMarker.WebhookTwice,
        ["webhook-late"] = PromptMarker.WebhookLate,
        ["webhook-forged"] = PromptMarker.WebhookForged,
        ["webhook-skewed"] = PromptMarker.WebhookSkewed,
        ["webhook-unknown-key"] = PromptMarker.WebhookUnknownKey,
        ["webhook-never"] = PromptMarker.WebhookNever,
    };

    private static readonly PromptMarkers None = new([]);

    private readonly Dictionary<PromptMarker, int?> _found;

    private PromptMarkers(Dictionary<PromptMarker, int?> found) => _found = found;

    /// <summary>Whether it orders anything about a submission before there is a prediction.</summary>
    public bool AreAboutSubmissions => _found.Keys.Any(marker =>
        marker is PromptMarker.SubmitDropped or PromptMarker.Submit402 or PromptMarker.Submit402AsOk
            or PromptMarker.Submit429 or PromptMarker.Submit502);

    public static PromptMarkers Read(string prompt)
    {
        if (!prompt.Contains('[', StringComparison.Ordinal)) return None;
        var found = new Dictionary<PromptMarker, int?>();
        foreach (Match match in Marker().Matches(prompt))
            if (Words.TryGetValue(match.Groups["word"].Value, out var marker))
                found[marker] = Number(match.Groups["count"]);
        return found.Count > 0 ? new PromptMarkers(found) : None;
    }

    public bool Has(PromptMarker marker) => _found.ContainsKey(marker);

    /// <summary>Whether it is ordered for this time, counted from 1.</summary>
    public bool Hits(PromptMarker marker, int time) =>
        _found.TryGetValue(marker, out var count) && time <= (count ?? int.MaxValue);

    /// <summary>The number that stands with a marker; null where there is no marker or no number.</summary>
    public int? NumberOf(PromptMarker marker) => _found.GetValueOrDefault(marker);

    public Outcome OutcomeOf(int attempt) =>
        Hits(PromptMarker.Moderation, attempt) ? Outcome.Moderated
        : Hits(PromptMarker.Fail, attempt) || Hits(PromptMarker.FailOk, attempt)
            || Hits(PromptMarker.FailInternalServerError, attempt) ? Outcome.Failed
        : Hits(PromptMarker.TimeOut, attempt) ? Outcome.TimedOut
        : Hits(PromptMarker.Empty, attempt) ? Outcome.Empty
        : Outcome.Completed;

    private static int? Number(Group count) =>
        int.TryParse(count.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\[(?<word>[a-z0-9-]+)(:(?<count>\d+))?\]", RegexOptions.IgnoreCase)]
    private static partial Regex Marker();
}
