using AtlasActors.Jobs;
using AtlasActors.Polling;

namespace AtlasActors.BatchFiles;

/// <summary>What the file says of patience, for all jobs or for one; null where it says nothing.</summary>
internal sealed record Patience(
    int? Retries, TimeSpan? MaxWait, TimeSpan? PollInitial, double? PollMultiplier, TimeSpan? PollMax,
    TimeSpan? RetryBase, UnknownSubmit? OnUnknownSubmit)
{
    public static readonly string[] Keys = ["retries", "max_wait", "poll", "retry", "on_unknown_submit"];

    // Atlas keeps an output for 14 days: there is nothing to wait for after that.
    private const decimal Longest = 14 * 24 * 3600;
    private const string LongestShown = "336h";

    private static readonly string[] PollKeys = ["initial", "multiplier", "max"];
    private static readonly string[] RetryKeys = ["base_delay"];
    private static readonly Patience Nothing = new(null, null, null, null, null, null, null);

    private static readonly Dictionary<string, UnknownSubmit> UnknownSubmits = new()
    {
        ["hold"] = UnknownSubmit.Hold,
        ["resubmit"] = UnknownSubmit.Resubmit,
    };

    public static Patience Read(Section section, Findings findings)
    {
        var poll = section.Sub("poll", PollKeys);
        var retry = section.Sub("retry", RetryKeys, "how many further attempts there may be is said by 'retries'");
        var patience = new Patience(
            section.WholeNumber("retries", 0, 20), Duration(section, "max_wait"),
            Duration(poll, "initial"), (double?)poll?.Number("multiplier", 1, 10), Duration(poll, "max"),
            Duration(retry, "base_delay"), section.Choice("on_unknown_submit", UnknownSubmits));
        if (patience.PollInitial > patience.PollMax)
            findings.Fault(poll!.Find("initial")!, poll.PathOf("initial"), "the first wait is longer than 'max'");
        return patience == Nothing ? Nothing : patience;
    }

    /// <summary>A policy with what the file says over it.</summary>
    public JobPolicy Over(JobPolicy policy) => this == Nothing ? policy : new JobPolicy(
        Retries ?? policy.Retries, MaxWait ?? policy.MaxWait, Over(policy.Poll),
        RetryBase ?? policy.RetryBase, OnUnknownSubmit ?? policy.OnUnknownSubmit);

    // Where only one of the two waits is said, the other gives way to it.
    private PollPolicy Over(PollPolicy policy)
    {
        var initial = PollInitial ?? policy.Initial;
        var max = PollMax ?? policy.Max;
        if (initial > max)
            (initial, max) = PollMax is null ? (initial, initial) : (max, max);
        return new PollPolicy(initial, PollMultiplier ?? policy.Multiplier, max);
    }

    private static TimeSpan? Duration(Section? section, string key) =>
        section?.Seconds(key, Longest, LongestShown) is { } seconds
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
