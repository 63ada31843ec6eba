using System.Text.RegularExpressions;
using AtlasActors.BatchFiles;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>Reads <c>atlas-service.schedules</c>; what is wrong with it is gathered, with paths.</summary>
/// <param name="folder">Where the files lie that the schedules name: the configuration file's own folder.</param>
/// <param name="arePrivateAllowed">Whether webhooks may go to private addresses.</param>
internal sealed partial class ScheduleReader(string folder, bool arePrivateAllowed)
{
    public const string Key = "schedules";

    private const int LongestLabel = 200;
    private const int FewFaults = 5;

    private static readonly IReadOnlyDictionary<string, OverlapPolicy> Overlaps = new Dictionary<string, OverlapPolicy>
    {
        ["skip"] = OverlapPolicy.Skip, ["queue"] = OverlapPolicy.Queue, ["allow"] = OverlapPolicy.Allow,
    };

    private static readonly IReadOnlyDictionary<string, MisfirePolicy> Misfires = new Dictionary<string, MisfirePolicy>
    {
        ["once"] = MisfirePolicy.Once, ["skip"] = MisfirePolicy.Skip, ["all"] = MisfirePolicy.All,
    };

    /// <summary>All that are in order; the list counts only where nothing was found to be wrong.</summary>
    public IReadOnlyList<ScheduleSettings> Read(SectionReader service)
    {
        var (schedules, names) = (new List<ScheduleSettings>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in service.List(Key))
        {
            if (ReadOne(entry) is not { } schedule) continue;
            if (!names.Add(schedule.Name))
                entry.Fault("name", $"is '{schedule.Name}', and another schedule is called so: give each its own.");
            schedules.Add(schedule);
        }
        return schedules;
    }

    private ScheduleSettings? ReadOne(SectionReader entry)
    {
        entry.KnowOnly(
            "name", "cron", "time-zone", "file", "overlap", "misfire", "max-cost", "labels", "webhook", "paused");
        var (name, times, file) = (ReadName(entry), ReadTimes(entry), entry.Needed("file", "a batch file"));
        var path = file is null ? null : ReadFile(entry, file);
        var (overlap, misfire) = (entry.Word("overlap", Overlaps), entry.Word("misfire", Misfires));
        var (maxCost, labels, webhook, paused) =
            (entry.Money("max-cost"), ReadLabels(entry.Section("labels")), ReadWebhook(entry), entry.Switch("paused"));
        if (name is null || times is null || path is null) return null;
        return new ScheduleSettings(name, times, file!, path)
        {
            Overlap = overlap ?? OverlapPolicy.Skip, Misfire = misfire ?? MisfirePolicy.Once, MaxCost = maxCost,
            Labels = labels, Webhook = webhook, IsPaused = paused ?? false,
        };
    }

    private static string? ReadName(SectionReader entry)
    {
        if (entry.Needed("name", "a name such as monday-pack") is not { } name || Name().IsMatch(name))
            return entry.Text("name");
        entry.Fault(
            "name", $"is '{name}': a lower-case letter, then at most 39 of these, digits and hyphens, such as monday-pack.");
        return null;
    }

    private static CronTimes? ReadTimes(SectionReader entry)
    {
        var (cron, zone) = (entry.Needed("cron", "when it fires, such as \"0 7 * * MON\""), entry.Text("time-zone"));
        // A zone is looked at even where there is no expression for it.
        var times = CronTimes.Read(cron ?? "@daily", zone ?? CronTimes.UsualZone, out var fault, out var zoneFault);
        if (fault is not null) entry.Fault("cron", fault);
        if (zoneFault is not null) entry.Fault("time-zone", zoneFault);
        return cron is null ? null : times;
    }

    private string? ReadFile(SectionReader entry, string file)
    {
        var path = Path.GetFullPath(file, folder);
        var faults = BatchFileReader.ReadFile(path).Faults;
        if (faults.Count == 0) return path;
        var told = string.Join("; ", faults.Take(FewFaults).Select(fault => fault.In(file)));
        var more = faults.Count > FewFaults ? FormattableString.Invariant($"; and {faults.Count - FewFaults} more") : "";
        entry.Fault("file", $"is no batch file that can be worked on: {told}{more}.");
        return null;
    }

    private string? ReadWebhook(SectionReader entry)
    {
        if (entry.Text("webhook") is not { } url) return null;
        if (WebhookAddress.Fault(url, arePrivateAllowed) is not { } fault) return url;
        entry.Fault("webhook", fault);
        return null;
    }

    private static IReadOnlyDictionary<string, string> ReadLabels(SectionReader section)
    {
        var labels = section.Texts();
        foreach (var (name, value) in labels)
        {
            if (!LabelName().IsMatch(name))
                section.Fault(
                    name,
                    "is no name for a label: a small letter from a to z, then at most 62 of these, digits, '_', '.' and '-'.");
            if (value.Length > LongestLabel || value.Any(char.IsControl))
                section.Fault(name, $"is to be one line of at most {LongestLabel} characters.");
        }
        return labels;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex Name();

    // As a batch file's labels are called.
    [GeneratedRegex(@"^[a-z][a-z0-9_.-]{0,62}\z")]
    private static partial Regex LabelName();
}
