using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>What holds for all jobs of a file.</summary>
internal sealed record SharedSettings(
    ModelCatalog Models, PriceTable Prices, LocalInputs Files, IReadOnlyDictionary<MediaKind, JobPolicy> Policies);

/// <summary>Reads one job. A definition comes of it only when nothing in it is wrong.</summary>
internal sealed class JobSection(SharedSettings shared, JobGraph graph, Findings findings) : IDisposable
{
    public static readonly string[] Keys =
        ["name", "type", "model", "prompt", .. AskedSection.Keys, "params", .. Patience.Keys, ForeachSection.Key];

    // A longer name makes a file name that disks refuse.
    private const int LongestName = 300;
    private const int LongestModel = 300;
    private const string OtherHint = "what only this model takes goes under 'params'";

    private readonly HashSet<string> _models = [];

    /// <summary>Which models are asked for which kind of media, by jobs with faults too.</summary>
    public HashSet<(string Model, MediaKind Kind)> Uses { get; } = [];

    /// <summary>What the jobs that were read ask for.</summary>
    public BatchFingerprint.Building Fingerprint { get; } = new();

    public void Dispose() => Fingerprint.Dispose();

    /// <summary>The job, or what is skipped, or neither when there are faults.</summary>
    public (JobDefinition? Job, SkippedJob? Skipped) Read(FileNode node, string path, int number)
    {
        if (node is not MapNode map)
        {
            findings.Fault(node, path, $"wants a map with name, type, model and prompt; {Shown.Found(node)}");
            return (null, null);
        }

        if (UnknownType(map) is { } type)
            return (null, Skip(map, type, path));
        return (ReadJob(new Section(map, path, findings, Keys, Misplaced, OtherHint), map, number), null);
    }

    private static string? Misplaced(string key) =>
        BatchSection.OwnKeys.Contains(key) ? "it belongs at the top of the file" : null;

    private static ScalarNode? UnknownType(MapNode map) =>
        map.Find("type")?.Value is ScalarNode type && CoreSchema.KindOf(type) != ScalarKind.Nothing
        && !string.IsNullOrWhiteSpace(type.Text) && !MediaKinds.ByWord.ContainsKey(type.Text)
            ? type
            : null;

    // What else stands in a job of another type is none of our business.
    private SkippedJob Skip(MapNode map, ScalarNode type, string path)
    {
        var name = map.Find("name")?.Value is ScalarNode given ? given.Text : path;
        findings.Warn(
            type, NodePath.Key(path, "type"),
            $"'{Shown.Short(type.Text)}' is not a known type; the job '{Shown.Short(name)}' is skipped",
            DidYouMean.Hint(type.Text, MediaKinds.ByWord.Keys) ?? $"the types are {MediaKinds.Words}");
        graph.AddSkipped(name);
        return new SkippedJob(name, type.Text, type.Line, type.Column);
    }

    private JobDefinition? ReadJob(Section job, MapNode map, int number)
    {
        const string types = "write 'type: image', 'type: video', 'type: audio' or 'type: 3d'";
        var type = job.Text("type", job.Required("type", types));
        MediaKind? kind = type is null ? null : MediaKinds.ByWord[type];
        var name = job.Line("name", job.Required("name"), LongestName);
        var model = job.Line("model", job.Required("model"), LongestModel);
        var checks = new ModelChecks(job, map, findings);
        var entry = model is null ? null : checks.Find(shared.Models, model, kind);
        var extra = ParamsSection.Read(job, kind, entry, findings);
        var (prompt, written) = new PromptField(job, kind, entry, extra, findings).Read(out var hasPrompt);
        var marks = new InputMarks();
        var asked = new AskedSection(job, kind, entry, new InputSection(job, shared.Files, marks, findings)).Read(extra);
        var patience = Patience.Read(job, findings);
        if (model is not null && kind is not null)
            Uses.Add((model, kind.Value));
        var mapped = kind is null ? null : entry is null ? UnknownModel.Map(kind.Value, asked) : FieldMapping.Map(entry, asked);
        var (fields, inputs) = marks.Find(mapped?.Fields ?? []);
        graph.Add(name, kind, marks.Mentions, [.. inputs.Select(input => input.Maker)]);
        if (mapped is null)
            return null;
        checks.Tell(mapped.Complaints);
        if (entry is not null)
            checks.Tell([.. InputChecks.Of(entry, from input in inputs where input.File is not null select (input.Input.Field, input.File))]);
        if (findings.HasFaults || name is null || model is null || !hasPrompt)
            return null;
        var body = JobBody.Of(entry?.Id ?? model, prompt, fields, extra);
        // What the user's own file of models makes of the fields is the user's word too.
        Fingerprint.Add(name, kind!.Value, entry is null or { IsOwn: true }
            ? body
            : JobBody.Of(model, Usual(written), marks.Find(UnknownModel.Map(kind.Value, asked).Fields).Fields, extra));
        var price = shared.Prices.Price(kind.Value, model, mapped.Seconds);
        return new JobDefinition(
            number, name, kind.Value, KeptOnce(model), body, price.Price, patience.Over(shared.Policies[kind.Value]))
        {
            PriceBasis = price.Basis, Inputs = inputs.Count == 0 ? [] : [.. inputs.Select(input => input.Input)],
        };
    }

    /// <summary>A file may name one model 100,000 times.</summary>
    private string KeptOnce(string model)
    {
        if (_models.TryGetValue(model, out var kept)) return kept;
        _models.Add(model);
        return model;
    }

    private static BodyField? Usual(string? prompt) =>
        prompt is null ? null : BodyField.Text(ModelPrompt.Usual.Name!, prompt);
}
