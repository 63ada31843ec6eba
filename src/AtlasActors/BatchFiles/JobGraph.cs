using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>Finds the jobs that others name as makers of their inputs, wherever in the file they stand.</summary>
internal sealed class JobGraph(Findings findings)
{
    /// <summary>So many names are compared with a misspelt one.</summary>
    private const int MostCompared = 2000;

    /// <summary>So many mistakes are told of one place in the file: under a foreach it stands for many jobs.</summary>
    private const int MostTold = 3;

    private readonly List<ReadJob> _jobs = [];
    private readonly Dictionary<string, List<int>> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Line, int Column), (int Count, string Path)> _told = [];

    /// <summary>A job as it was read, with faults or without. <paramref name="makers"/> are those of the definition's inputs.</summary>
    public void Add(string? name, MediaKind? kind, IEnumerable<Mention> mentions, IReadOnlyList<Mention?> makers)
    {
        var named = mentions.ToList();
        _jobs.Add(named.Count == 0 ? new ReadJob(name, kind, [], []) : new ReadJob(name, kind, named, makers));
    }

    public void AddSkipped(string name) => _skipped.Add(name);

    /// <summary>The jobs with the numbers of those that they need; what cannot be is among the findings.</summary>
    public List<JobDefinition> Resolve(List<JobDefinition> jobs)
    {
        if (_jobs.TrueForAll(job => job.Mentions.Count == 0))
            return jobs;
        NameAll();
        var found = _jobs.Select(job => job.Mentions.ToDictionary(mention => mention, mention => Find(job, mention))).ToList();
        foreach (var circle in JobCircles.In([.. found.Select(Parents)]))
            TellCircle(circle, found);
        TellTheRest();
        return findings.HasFaults ? jobs : [.. jobs.Select((job, i) => job with { Inputs = Filled(job, _jobs[i], found[i]) })];
    }

    private void NameAll()
    {
        for (var i = 0; i < _jobs.Count; i++)
        {
            if (_jobs[i].Name is not { } name)
                continue;
            if (!_named.TryGetValue(name, out var others))
                _named[name] = others = [];
            others.Add(i);
        }
    }

    private static int[] Parents(Dictionary<Mention, int?> found) => [.. found.Values.OfType<int>().Distinct()];

    private static IReadOnlyList<JobInput> Filled(JobDefinition job, ReadJob read, Dictionary<Mention, int?> found) =>
        read.Makers.All(maker => maker is null)
            ? job.Inputs
            : [.. job.Inputs.Select((input, i) => read.Makers[i] is { } maker ? input with { Job = found[maker] + 1 } : input)];

    private int? Find(ReadJob job, Mention mention)
    {
        var name = $"'{Shown.Short(mention.Name)}'";
        switch (_named.GetValueOrDefault(mention.Name))
        {
            case [var only] when _jobs[only].Kind is MediaKind.Image or null:
                return only;
            case [_]:
                Tell(mention, $"{name} makes no image, and '{Shown.Short(job.Name ?? "it")}' needs one");
                return null;
            case { } several:
                Tell(mention, $"{several.Count} jobs are named {name}", "give each a name of its own");
                return null;
            case null when _skipped.Contains(mention.Name):
                Tell(mention, $"{name} is skipped, because its type is unknown");
                return null;
            default:
                var hint = _named.Count <= MostCompared ? DidYouMean.Hint(mention.Name, _named.Keys) : null;
                Tell(mention, $"no job is named {name}", hint);
                return null;
        }
    }

    private void TellCircle(IReadOnlyList<int> circle, List<Dictionary<Mention, int?>> found)
    {
        var names = circle.Append(circle[0]).Take(8).Select(job => $"'{Shown.Short(_jobs[job].Name!)}'").ToList();
        if (circle.Count + 1 > names.Count) names.Add($"… {circle.Count + 1 - names.Count} more");
        var (mention, _) = found[circle[0]].First(need => need.Value == circle[1 % circle.Count]);
        Tell(mention, $"a job cannot wait for itself: {string.Join(" needs ", names)}");
    }

    private void Tell(Mention mention, string message, string? hint = null)
    {
        var place = (mention.Node.Line, mention.Node.Column);
        _told[place] = (_told.GetValueOrDefault(place).Count + 1, mention.Path);
        if (_told[place].Count <= MostTold)
            findings.Fault(mention.Node, mention.Path, message, hint);
    }

    private void TellTheRest()
    {
        foreach (var ((line, column), (count, path)) in _told.Where(told => told.Value.Count > MostTold))
            findings.Fault(new FileFault(
                line, column, path, $"{count - MostTold} more jobs of this foreach have trouble of this kind", null));
    }

    private sealed record ReadJob(
        string? Name, MediaKind? Kind, IReadOnlyList<Mention> Mentions, IReadOnlyList<Mention?> Makers);
}
