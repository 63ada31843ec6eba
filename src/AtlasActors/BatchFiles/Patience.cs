using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>What the file says of patience, for all jobs or for one; null where it says nothing.</summary>
internal sealed record Patience(
    int? Retries, TimeSpan? MaxWait, PollSection? Poll, TimeSpan? RetryBase, UnknownSubmit? OnUnknownSubmit)
{
    public static readonly string[] Keys = ["retries", "max_wait", "poll", "retry", "on_unknown_submit"];

    // Atlas keeps an output for 14 days: there is nothing to wait for after that.
    private const decimal Longest = 14 * 24 * 3600;
    private const string LongestShown = "336h";

    private static readonly string[] RetryKeys = ["base_delay"];
    private static readonly Patience Nothing = new(null, null, null, null, null);

    private static readonly Dictionary<string, UnknownSubmit> UnknownSubmits = new()
    {
        ["hold"] = UnknownSubmit.Hold,
        ["resubmit"] = UnknownSubmit.Resubmit,
    };

    public static Patience Read(Section section, Findings findings)
    {
        var retry = section.Sub("retry", RetryKeys, "how many further attempts there may be is said by 'retries'");
        var patience = new Patience(
            section.WholeNumber("retries", 0, 20), Duration(section, "max_wait"), PollSection.Read(section, findings),
            Duration(retry, "base_delay"), section.Choice("on_unknown_submit", UnknownSubmits));
        return patience == Nothing ? Nothing : patience;
    }

    /// <summary>A policy with what the file says over it.</summary>
    public JobPolicy Over(JobPolicy policy) => this == Nothing ? policy : new JobPolicy(
        Retries ?? policy.Retries, MaxWait ?? policy.MaxWait, Poll?.Over(policy.Poll) ?? policy.Poll,
        RetryBase ?? policy.RetryBase, OnUnknownSubmit ?? policy.OnUnknownSubmit);

    /// <summary>A wait that can be waited for; null where there is none.</summary>
    public static TimeSpan? Duration(Section? section, string key) =>
        section?.Seconds(key, Longest, LongestShown) is { } seconds
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
