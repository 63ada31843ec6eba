using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving.Records;

/// <summary>Which batches are wanted: those to which all of it applies.</summary>
/// <param name="States">In one of these states; any, where there is none.</param>
/// <param name="Labels">With all of these labels.</param>
/// <param name="From">Taken on at this time or later.</param>
/// <param name="To">Taken on before this time.</param>
/// <param name="Text">With words that begin with these, all of them, in source, labels or names of jobs.</param>
internal sealed record BatchFilter(
    IReadOnlyList<BatchPhase> States, IReadOnlyList<Label> Labels, DateTimeOffset? From, DateTimeOffset? To, string? Text)
{
    public RecordsQuery ToQuery()
    {
        var query = new RecordsQuery();
        if (States.Count > 0) query.Add("state IN @states", ("states", States.Select(Words.Of).ToList()));
        Label.AddTo(query, "place", Labels);
        if (From is { } from) query.Add("created >= @from", ("from", from.UtcTicks));
        if (To is { } to) query.Add("created < @to", ("to", to.UtcTicks));
        if (Text is not null)
            query.Add("place IN (SELECT rowid FROM batch_words WHERE batch_words MATCH @text)", ("text", Beginnings(Text)));
        return query;
    }

    /// <summary>In the words of FTS5: each quoted, so that nothing in it is an operator, and none need be whole.</summary>
    private static string Beginnings(string text) => string.Join(' ', text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"*"));
}

/// <summary>Which jobs of a batch are wanted: those to which all of it applies.</summary>
/// <param name="Stages">In one of these stages; any, where there is none.</param>
/// <param name="Model">Of this model.</param>
/// <param name="Error">With this code, or with these words in what went wrong.</param>
/// <param name="Text">With this in their name.</param>
internal sealed record JobFilter(IReadOnlyList<JobStage> Stages, string? Model, string? Error, string? Text)
{
    public RecordsQuery ToQuery()
    {
        var query = new RecordsQuery();
        if (Stages.Count > 0) query.Add("jobs.stage IN @stages", ("stages", Stages.Select(Words.Of).ToList()));
        if (Model is not null)
            query.Add("jobs.model = (SELECT number FROM models WHERE name = @model)", ("model", Model));
        if (Error is not null)
            query.Add("(jobs.error_code = @error OR jobs.error LIKE @errorWords ESCAPE '\\')",
                ("error", Error), ("errorWords", Within(Error)));
        if (Text is not null) query.Add("jobs.name LIKE @text ESCAPE '\\'", ("text", Within(Text)));
        return query;
    }

    /// <summary>In the words of LIKE, with nothing in it that stands for something else.</summary>
    private static string Within(string text) =>
        $"%{string.Concat(text.Select(letter => letter is '\\' or '%' or '_' ? $"\\{letter}" : $"{letter}"))}%";
}

/// <summary>Which costs are wanted.</summary>
/// <param name="From">Of this UTC day or later.</param>
/// <param name="To">Of days before this one.</param>
/// <param name="Labels">Of batches with all of these labels.</param>
internal sealed record CostFilter(DateOnly? From, DateOnly? To, IReadOnlyList<Label> Labels)
{
    public RecordsQuery ToQuery()
    {
        var query = new RecordsQuery();
        if (From is { } from) query.Add("costs.day >= @from", ("from", from.ToString("O")));
        if (To is { } to) query.Add("costs.day < @to", ("to", to.ToString("O")));
        Label.AddTo(query, "costs.batch", Labels);
        return query;
    }
}

/// <summary>What costs are summed by.</summary>
internal enum CostsBy
{
    Model,
    Batch,
    Day,
    Label,
}

/// <summary>A label that batches are found by.</summary>
internal sealed record Label(string Name, string Value)
{
    public static void AddTo(RecordsQuery query, string place, IReadOnlyList<Label> labels)
    {
        for (var i = 0; i < labels.Count; i++)
            query.Add(
                FormattableString.Invariant($"{place} IN (SELECT batch FROM labels WHERE name = @name{i} AND value = @value{i})"),
                (FormattableString.Invariant($"name{i}"), labels[i].Name),
                (FormattableString.Invariant($"value{i}"), labels[i].Value));
    }
}

/// <summary>A line of the costs.</summary>
internal sealed record CostRow
{
    public string Name { get; init; } = "";

    public long Submissions { get; init; }

    public long Charges { get; init; }

    public long Untold { get; init; }

    public long Charged { get; init; }

    public long Unconfirmed { get; init; }

    public long Reserved { get; init; }

    public long InDoubt { get; init; }
}
