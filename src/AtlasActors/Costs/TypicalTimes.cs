using AtlasActors.Jobs;
using AtlasActors.Polling;

namespace AtlasActors.Costs;

/// <summary>How long generations usually take, for estimates only.</summary>
public static class TypicalTimes
{
    // The middle of the tutorial's ranges: images 10-30 s, seedance 30-90 s, veo 60-120 s, sora 60-180 s. Of other
    // videos it says nothing; they are taken to be like veo. Of sounds (10-60 s) and 3D models (2-5 min) Atlas's own
    // documentation speaks.
    private static readonly TimeSpan Image = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan OtherVideo = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan ThreeD = TimeSpan.FromSeconds(210);

    private static readonly (string Family, TimeSpan Time)[] Videos =
    [
        ("seedance", TimeSpan.FromSeconds(60)),
        ("veo", TimeSpan.FromSeconds(90)),
        ("sora", TimeSpan.FromSeconds(120)),
    ];

    /// <summary>From Atlas taking a job to its being done.</summary>
    public static TimeSpan Of(MediaKind kind, string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return kind switch
        {
            MediaKind.Image => Image,
            MediaKind.Audio => Sound,
            MediaKind.ThreeD => ThreeD,
            _ => Videos.FirstOrDefault(row => BelongsTo(model, row.Family), (Family: "", Time: OtherVideo)).Time,
        };
    }

    /// <summary>
    /// How long a generation of this length lies done before a poll finds it, on average: half the wait between the
    /// two polls around its end. Of a learned schedule it is what it is before anything is learned: the most.
    /// </summary>
    internal static TimeSpan NoticeDelay(PollPolicy policy, TimeSpan generation)
    {
        var wait = policy.Initial;
        var asked = policy.IsLearned ? PollSchedule.UnlearnedStart(generation) : TimeSpan.Zero;
        while (asked + wait < generation)
        {
            var longer = policy.Multiplier > 1 ? wait * policy.Multiplier : wait;
            longer = longer < policy.Max ? longer : policy.Max;
            if (longer == wait)
                break;
            asked += wait;
            wait = longer;
        }

        return wait / 2;
    }

    // "google/veo3.1/text-to-video" is of the family veo: the model's own name, after the vendor, begins with it.
    private static bool BelongsTo(string model, string family) =>
        BatchEstimate.ShortName(model).StartsWith(family, StringComparison.OrdinalIgnoreCase);
}
