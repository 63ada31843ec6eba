using AtlasActors.Batches;

namespace AtlasActors.BatchFiles;

/// <summary>The file's <c>webhook</c>: an address alone, or a map of one and of what it is told.</summary>
internal static class WebhookSection
{
    public const string Key = "webhook";

    private const int LongestUrl = 2000;
    private const string Jobs = "job", Batches = "batch";

    public static BatchWebhook? Read(Section top, Findings findings)
    {
        if (top.Find(Key) is not MapNode map)
            return Url(top, Key, findings) is { } alone ? new BatchWebhook(alone) : null;
        var section = new Section(map, top.PathOf(Key), findings, ["url", "events"]);
        section.Required("url", "the address that is posted to");
        var events = section.Texts("events");
        foreach (var unknown in (events ?? []).Where(word => word is not (Jobs or Batches)))
            findings.Fault(
                section.Find("events")!, section.PathOf("events"),
                $"'{Shown.Short(unknown)}' is nothing to be told of: '{Jobs}' and '{Batches}' are",
                DidYouMean.Hint(unknown, [Jobs, Batches]));
        if (events is [])
            findings.Fault(
                section.Find("events")!, section.PathOf("events"), "is empty", $"'{Jobs}', '{Batches}', or both");
        return Url(section, "url", findings) is { } url
            ? new BatchWebhook(url, events is null || events.Contains(Jobs), events is null || events.Contains(Batches))
            : null;
    }

    /// <summary>What is wrong with an address, to go on after its name; null where it is in order.</summary>
    public static string? Fault(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && IsWeb(url)
        ? url.UserInfo.Length > 0 || url.Fragment.Length > 0
            ? "has a user or a fragment, which are not sent: leave them out"
            : null
        : "wants an address such as https://example.org/hooks";

    private static string? Url(Section section, string key, Findings findings)
    {
        if (section.Find(key) is not { } node || section.Line(key, node, LongestUrl) is not { } text)
            return null;
        if (Fault(text) is not { } fault)
            return text;
        findings.Fault(node, section.PathOf(key), fault);
        return null;
    }

    private static bool IsWeb(Uri url)
    {
        try
        {
            return url.Scheme is "http" or "https" && url.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            // A name that cannot be written for the network passes for an address, and throws when it is asked for.
            return false;
        }
    }
}
