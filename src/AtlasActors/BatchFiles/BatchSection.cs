using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>Reads the file's top level, and with it everything.</summary>
internal static class BatchSection
{
    /// <summary>The keys that stand at the top only.</summary>
    public static readonly string[] OwnKeys = ["output_dir", "max_workers", "jobs", "models", "prices"];

    // Keys that begin so hold what other places repeat by an alias; they mean nothing by themselves.
    private const string SharedPrefix = "x-";

    private static readonly string[] Keys = [.. OwnKeys, .. Patience.Keys];

    /// <summary>
    /// The batch, null when there are faults, and its prices. The files that it names are looked for in
    /// <paramref name="folder"/>; without one it may name none.
    /// </summary>
    public static (BatchDefinition? Definition, PriceTable Prices) Read(
        FileNode root, string fileName, string? folder, Findings findings)
    {
        if (root is not MapNode map)
        {
            findings.Fault(
                root, "", $"a batch file is a map with 'jobs', {Shown.Found(root)}",
                root is ListNode ? "write 'jobs:' above the list" : null);
            return (null, PriceTable.Default);
        }

        var shared = map.Entries.Where(entry => entry.Key.StartsWith(SharedPrefix, StringComparison.Ordinal));
        var top = new Section(map, "", findings, [.. Keys, .. shared.Select(entry => entry.Key)], Misplaced);
        var outputDir = top.Line("output_dir", top.Find("output_dir"), 1000) ?? "pipeline_output";
        var maxWorkers = top.WholeNumber("max_workers", 1, 1000) ?? 3;
        var patience = Patience.Read(top, findings);
        var models = ModelsSection.Read(top, folder, findings);
        var own = PriceSection.Read(top, findings);
        var prices = ModelPrices.Table(models, own);
        var settings = new SharedSettings(
            models, prices,
            Enum.GetValues<MediaKind>().ToDictionary(kind => kind, kind => patience.Over(JobPolicy.For(kind))));
        using var reader = new JobSection(settings, findings);
        var (jobs, skipped) = ReadJobs(top, reader, new ForeachSection(folder, findings), findings);
        PriceSection.CheckUnits(top, own, reader.Uses, findings);
        return findings.HasFaults
            ? (null, prices)
            : (new BatchDefinition(fileName, outputDir, maxWorkers, jobs, skipped)
            {
                Fingerprint = reader.Fingerprint.End(),
            }, prices);
    }

    private static string? Misplaced(string key) =>
        JobSection.Keys.Contains(key) ? "it belongs in a job" : null;

    private static (List<JobDefinition> Jobs, List<SkippedJob> Skipped) ReadJobs(
        Section top, JobSection reader, ForeachSection rows, Findings findings)
    {
        var jobs = new List<JobDefinition>();
        var skipped = new List<SkippedJob>();
        var node = top.Required("jobs", "a batch file has a list of jobs");
        if (node is not ListNode list)
        {
            if (node is not null)
                findings.Fault(
                    node, "jobs", $"wants a list of jobs, {Shown.Found(node)}", "begin each job with '- name: …'");
            return (jobs, skipped);
        }

        var read = 0;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var path = NodePath.Item("jobs", i);
            foreach (var written in rows.JobsOf(list.Items[i], path))
            {
                read++;
                var (job, skip) = reader.Read(written, path, jobs.Count + 1);
                if (job is not null)
                    jobs.Add(job);
                if (skip is not null)
                    skipped.Add(skip);
            }
        }

        if (list.Items.Count == 0)
            findings.Fault(list, "jobs", "there are no jobs");
        else if (read > 0 && read == skipped.Count)
            findings.Fault(
                list, "jobs", "every job is of an unknown type, so none is left", $"the types are {MediaKinds.Words}");
        return (jobs, skipped);
    }
}
