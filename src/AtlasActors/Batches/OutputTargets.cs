using System.Globalization;
using System.Text;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>
/// Where each job's files go: the folder of what it makes and the tutorial's safe name, each name once, and a way to
/// number several that leads to no other job's name. A file that is there from before is left alone.
/// </summary>
internal static class OutputTargets
{
    /// <summary>File systems allow 255 bytes for a name; this leaves room for a number, an extension and the temporary mark.</summary>
    private const int LongestName = 200;

    /// <summary>
    /// The jobs with their places. <paramref name="taken"/> are the places in use before, relative and without extension.
    /// </summary>
    public static IReadOnlyList<PlannedJob> Assign(IEnumerable<JobDefinition> jobs, IEnumerable<string> taken)
    {
        var used = new HashSet<string>(taken, SamePlace.OnAnyDisk);
        var planned = jobs.Select(job => (Job: job, Place: Free(job, used))).ToList();
        var numbered = used.Select(WithoutNumber).OfType<string>().ToHashSet(SamePlace.OnAnyDisk);
        return [.. planned.Select(plan => new PlannedJob(plan.Job, plan.Place, Separator(plan.Place, numbered)))];
    }

    /// <summary>
    /// <c>_</c>, so that several files are name_1, name_2 …; where a place of that form is in use, by a job or a file
    /// from before, as many hyphens as none has. Safe names have no hyphens, so two jobs' numbered places never meet either.
    /// </summary>
    private static string Separator(string place, HashSet<string> numbered)
    {
        var separator = "_";
        for (var hyphens = 1; numbered.Contains(place + separator); hyphens++)
            separator = new string('-', hyphens);
        return separator;
    }

    /// <summary>A place that ends in a number, without it; null of any other.</summary>
    private static string? WithoutNumber(string place)
    {
        var stem = place.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < place.Length ? stem : null;
    }

    /// <summary>Lower case, spaces to <c>_</c>, then only letters and digits of any script and <c>_</c>; empty when nothing is left.</summary>
    public static string SafeName(string name)
    {
        var safe = new StringBuilder();
        var bytes = 0;
        foreach (var rune in name.ToLowerInvariant().Replace(' ', '_').EnumerateRunes())
        {
            if (rune.Value != '_' && !IsLetterOrNumber(rune)) continue;
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestName) break;
            safe.Append(rune);
        }
        return safe.ToString();
    }

    private static bool IsLetterOrNumber(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>Names that Windows keeps for devices, whatever their extension: a folder of results is to open there too.</summary>
    private static bool IsDevice(string name) => name is "con" or "prn" or "aux" or "nul"
        || (name.Length == 4 && name[..3] is "com" or "lpt" && name[3] is (>= '0' and <= '9') or '¹' or '²' or '³');

    private static string Free(JobDefinition job, HashSet<string> used)
    {
        var name = SafeName(job.Name);
        if (name.Length == 0) name = FormattableString.Invariant($"job_{job.Number}");
        if (IsDevice(name)) name += "_";
        var folder = job.Kind.Folder();
        var place = $"{folder}/{name}";
        for (var count = 2; !used.Add(place); count++)
            place = FormattableString.Invariant($"{folder}/{name}_{count}");
        return place;
    }
}
