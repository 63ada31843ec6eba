using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>A batch, null when there are faults, and what its jobs were read with.</summary>
/// <param name="Definition">The batch.</param>
/// <param name="Prices">What it was priced with.</param>
/// <param name="Models">The catalog.</param>
/// <param name="Places">Where each of its jobs stands.</param>
internal sealed record ReadBatch(
    BatchDefinition? Definition, PriceTable Prices, ModelCatalog Models, IReadOnlyList<JobPlace> Places)
{
    /// <summary>Of a file that is none.</summary>
    public static ReadBatch Nothing { get; } = new(null, PriceTable.Default, ModelCatalog.Default, []);
}

/// <summary>Reads the file's top level, and with it everything.</summary>
internal static class BatchSection
{
    /// <summary>The keys that stand at the top only.</summary>
    public static readonly string[] OwnKeys =
        ["output_dir", "max_workers", "priority", "labels", "budget", "webhook", "jobs", "models", "prices"];

    // Keys that begin so hold what other places repeat by an alias; they mean nothing by themselves.
    private const string SharedPrefix = "x-";

    // Far beyond any batch: what is over it is a slip.
    private const decimal LargestBudget = 10_000_000;

    private static readonly Dictionary<string, BatchPriority> Priorities = new()
    {
        ["high"] = BatchPriority.High,
        ["normal"] = BatchPriority.Normal,
        ["low"] = BatchPriority.Low,
    };

    private static readonly string[] Keys = [.. OwnKeys, .. Patience.Keys];

    /// <summary>
    /// The batch. The files that it names are looked for in <paramref name="place"/>, which may have none; over the usual
    /// prices stand those <paramref name="given"/> by the host.
    /// </summary>
    public static ReadBatch Read(
        FileNode root, string fileName, FilePlace place, IReadOnlyDictionary<string, ModelPrice>? given, Findings findings)
    {
        if (root is not MapNode map)
        {
            findings.Fault(
                root, "", $"a batch file is a map with 'jobs', {Shown.Found(root)}",
                root is ListNode ? "write 'jobs:' above the list" : null);
            return ReadBatch.Nothing;
        }

        var shared = map.Entries.Where(entry => entry.Key.StartsWith(SharedPrefix, StringComparison.Ordinal));
        var top = new Section(map, "", findings, [.. Keys, .. shared.Select(entry => entry.Key)], Misplaced);
        var outputDir = top.Line("output_dir", top.Find("output_dir"), 1000) ?? "pipeline_output";
        var maxWorkers = top.WholeNumber("max_workers", 1, BatchDefinition.MostWorkers) ?? 3;
        var priority = top.Choice("priority", Priorities) ?? BatchPriority.Normal;
        var labels = LabelSection.Read(top, findings);
        var webhook = WebhookSection.Read(top, findings);
        var patience = Patience.Read(top, findings);
        var budget = top.Number("budget", 0, LargestBudget);
        var models = ModelsSection.Read(top, place, findings);
        var own = PriceSection.Read(top, findings);
        var prices = ModelPrices.Table(models, given, own);
        var settings = new SharedSettings(
            models, prices, new LocalInputs(place),
            Enum.GetValues<MediaKind>().ToDictionary(kind => kind, kind => patience.Over(JobPolicy.For(kind))));
        var graph = new JobGraph(findings);
        using var reader = new JobSection(settings, graph, findings);
        var (jobs, skipped, places) = ReadJobs(top, reader, new ForeachSection(place, findings), findings);
        jobs = graph.Resolve(jobs);
        PriceSection.CheckUnits(top, own, reader.Uses, findings);
        var batch = findings.HasFaults ? null : new BatchDefinition(fileName, outputDir, maxWorkers, jobs, skipped)
        {
            Fingerprint = reader.Fingerprint.End(), Labels = labels, Priority = priority,
            Budget = budget is { } most ? new Usd(most) : null, Webhook = webhook,
        };
        return new ReadBatch(batch, prices, models, places);
    }

    private static string? Misplaced(string key) =>
        JobSection.Keys.Contains(key) ? "it belongs in a job" : null;

    private static (List<JobDefinition> Jobs, List<SkippedJob> Skipped, List<JobPlace> Places) ReadJobs(
        Section top, JobSection reader, ForeachSection rows, Findings findings)
    {
        var jobs = new List<JobDefinition>();
        var skipped = new List<SkippedJob>();
        var places = new List<JobPlace>();
        var node = top.Required("jobs", "a batch file has a list of jobs");
        if (node is not ListNode list)
        {
            if (node is not null)
                findings.Fault(
                    node, "jobs", $"wants a list of jobs, {Shown.Found(node)}", "begin each job with '- name: …'");
            return (jobs, skipped, places);
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
                {
                    jobs.Add(job);
                    // A job comes of a map only; that of a row stands where the row is put in.
                    places.Add(new JobPlace((MapNode)list.Items[i], path, findings.Rows?.Place));
                }

                if (skip is not null)
                    skipped.Add(skip);
            }
        }

        if (list.Items.Count == 0)
            findings.Fault(list, "jobs", "there are no jobs");
        else if (read > 0 && read == skipped.Count)
            findings.Fault(
                list, "jobs", "every job is of an unknown type, so none is left", $"the types are {MediaKinds.Words}");
        return (jobs, skipped, places);
    }
}
