using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>How one run of the program is ended from outside.</summary>
/// <param name="AtRequest">At this moment of its traffic, counted from 1; 0 for not so.</param>
/// <param name="After">After this time, in its start or its recovery, say; null for not so.</param>
/// <param name="IsGentle">By SIGTERM, which lets it record where it is; otherwise by <c>kill -9</c>.</param>
internal sealed record LabEnd(int AtRequest, TimeSpan? After, bool IsGentle)
{
    public static LabEnd None { get; } = new(0, null, false);

    /// <summary>The run has a disk on which no file can have more than so many kilobytes; null for a disk that is well.</summary>
    public int? Room { get; init; }

    /// <summary>Early and late, in the middle of a start and in the middle of its work.</summary>
    public static LabEnd Of(Random chance, int run)
    {
        var isGentle = chance.Next(5) == 0;
        // The first runs are let on a little, so that there is something to lose.
        return chance.Next(3) == 0 && run > 1
            ? new LabEnd(0, TimeSpan.FromMilliseconds(chance.Next(50, 1500)), isGentle)
            : new LabEnd(chance.Next(1, run == 1 ? 60 : 200), null, isGentle);
    }

    public void Do(ProgramProcess program)
    {
        if (!IsGentle) Signals.Kill(program);
        else if (!program.HasEnded) Signals.Terminate(program);
    }
}
