using AtlasActors.Atlas;
using AtlasActors.Jobs;

namespace AtlasActors.Polling;

/// <summary>
/// How long one generation took: more than <paramref name="From"/> and at most <paramref name="To"/>. The two are the same
/// where Atlas told the time; else they are the polls on both sides of its end.
/// </summary>
/// <param name="Key">Whose it is.</param>
/// <param name="AcceptedAt">When Atlas took the job.</param>
/// <param name="From">How long it ran at least.</param>
/// <param name="To">How long it ran at most.</param>
/// <param name="Typical">What the catalog holds for usual: all that is known of a model before its first generation.</param>
internal sealed record GenerationTime(
    GenerationKey Key, DateTimeOffset AcceptedAt, TimeSpan From, TimeSpan To, TimeSpan Typical)
{
    /// <summary>Atlas rounds its times, and takes a job a little before we hear of it.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1.5);

    /// <summary>What a job that was found done tells; null where too little is known for it to tell anything.</summary>
    /// <param name="key">Its model and settings.</param>
    /// <param name="typical">Its catalog's time.</param>
    /// <param name="job">Its state before.</param>
    /// <param name="watch">What its polls and calls said.</param>
    /// <param name="done">The answer that says that it is done.</param>
    /// <param name="now">When that came.</param>
    public static GenerationTime? Of(
        GenerationKey key, TimeSpan typical, JobState job, GenerationWatch watch, PollAnswer.Completed done, DateTimeOffset now)
    {
        var to = now - job.AcceptedAt;
        var from = watch.RanAtLeast ?? TimeSpan.Zero;
        if (to <= from || from < TimeSpan.Zero) return null;
        var told = done.Took ?? (done.FinishedAt ?? watch.CalledAt) - job.AcceptedAt;
        // Atlas's clock is not ours: what it tells is believed where it agrees with the polls.
        if (told >= from - Rounding && told <= to + Rounding)
            (from, to) = (Within(told.Value, from, to), Within(told.Value, from, to));
        else if (job.WaitsSince != job.AcceptedAt || (watch is { WasFollowed: false, RanAtLeast: null }))
            return null;
        return new GenerationTime(key, job.AcceptedAt, from, to, typical);
    }

    private static TimeSpan Within(TimeSpan time, TimeSpan from, TimeSpan to) => time < from ? from : time > to ? to : time;
}

/// <summary>What was seen of a generation while it ran.</summary>
/// <param name="WasFollowed">Whether it was watched from its acceptance on, and not taken up again later.</param>
/// <param name="RanAtLeast">How long it had run when it was last known to run; null where it never was.</param>
/// <param name="CalledAt">When Atlas called to say that it is at its end; null where it did not.</param>
internal readonly record struct GenerationWatch(bool WasFollowed, TimeSpan? RanAtLeast, DateTimeOffset? CalledAt);
