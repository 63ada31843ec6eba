using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Serving.Records;

/// <summary>A batch as the table has it; but for its number of change, which only the writer gives.</summary>
internal sealed record BatchRow
{
    public long Place { get; init; }

    public string Id { get; init; } = "";

    public string Source { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public string State { get; init; } = "";

    public string? Halt { get; init; }

    public string? Message { get; init; }

    public long Created { get; init; }

    public long MaxWorkers { get; init; }

    public string Priority { get; init; } = "";

    /// <summary>As JSON, by name.</summary>
    public string Labels { get; init; } = "{}";

    /// <summary>Whom the file has told of it, as JSON; null for nobody of its own.</summary>
    public string? Webhook { get; init; }

    /// <summary>The <see cref="BudgetPause"/> as JSON; null where there is none.</summary>
    public string? Pause { get; init; }

    /// <summary>1 where nothing is left to be done.</summary>
    public long Settled { get; init; }

    /// <summary>Since when, in UTC ticks; null where something is left.</summary>
    public long? SettledAt { get; init; }

    /// <summary>Up to when what its jobs had made was removed, in UTC ticks; null where nothing was.</summary>
    public long? OutputsRemoved { get; init; }

    public long Total { get; init; }

    /// <summary>How many jobs are in each stage, as JSON; stages with none are left out.</summary>
    public string Counts { get; init; } = "{}";

    public long Estimated { get; init; }

    public long? Budget { get; init; }

    public long Charged { get; init; }

    public long Unconfirmed { get; init; }

    public long Reserved { get; init; }

    public long InDoubt { get; init; }

    /// <summary>Up to which event of the journal the records have all of it.</summary>
    public long Revision { get; init; }

    /// <summary>The latest revision of which anything is known; what comes of an earlier one is old news.</summary>
    public long Heard { get; init; }

    public bool IsAtRest => State is "idle" or "halted" or "finished";

    /// <summary>Whether it rests, and the records have all that led to it.</summary>
    public bool IsOver => IsAtRest && Revision >= Heard;

    /// <summary>Whether a start of the service goes on with it.</summary>
    public bool IsUnfinished => Settled == 0 || ReadCounts().ContainsKey(Words.Of(JobStage.Overdue));

    /// <summary>The part of it that a view says; counts and money are added up from the jobs.</summary>
    public BatchRow With(BatchView view) => this with
    {
        Id = view.Id.Value, Source = view.Source, Endpoint = view.Endpoint, State = Words.Of(view.Phase),
        Halt = view.Halt is { } halt ? Words.Of(halt) : null, Message = view.HaltMessage, Created = view.CreatedAt.UtcTicks,
        MaxWorkers = view.MaxWorkers, Priority = Words.Of(view.Priority),
        Labels = JsonSerializer.Serialize(
            new SortedDictionary<string, string>(view.Labels.ToDictionary(), StringComparer.Ordinal)),
        Webhook = view.Webhook is { } webhook ? JsonSerializer.Serialize(webhook) : null,
        Pause = view.Pause is { } pause ? JsonSerializer.Serialize(pause) : null, Settled = view.IsSettled ? 1 : 0,
        SettledAt = view.SettledAt?.UtcTicks, OutputsRemoved = view.OutputsRemovedAt?.UtcTicks,
        Estimated = view.Money.Estimated.Kept(), Budget = view.Money.Budget?.Kept(), Heard = view.Revision,
    };

    /// <summary>The same with one job as it was before, or null, and as it is.</summary>
    public BatchRow Count(JobRow? before, JobRow after)
    {
        var counts = ReadCounts();
        if (before is not null && --counts[before.Stage] == 0) counts.Remove(before.Stage);
        counts[after.Stage] = counts.GetValueOrDefault(after.Stage) + 1;
        var (was, now) = (Sum.Of(before), Sum.Of(after));
        return this with
        {
            Total = Total + (before is null ? 1 : 0), Counts = JsonSerializer.Serialize(counts),
            Charged = Charged + now.Charged - was.Charged, Unconfirmed = Unconfirmed + now.Unconfirmed - was.Unconfirmed,
            Reserved = Reserved + now.Reserved - was.Reserved, InDoubt = InDoubt + now.InDoubt - was.InDoubt,
        };
    }

    public SortedDictionary<string, int> ReadCounts() =>
        new(JsonSerializer.Deserialize<Dictionary<string, int>>(Counts)!, StringComparer.Ordinal);

    public BatchWebhook? ReadWebhook() => Webhook is null ? null : JsonSerializer.Deserialize<BatchWebhook>(Webhook);

    public BudgetPause? ReadPause() => Pause is null ? null : JsonSerializer.Deserialize<BudgetPause>(Pause);

    public IReadOnlyDictionary<string, string> ReadLabels() =>
        JsonSerializer.Deserialize<SortedDictionary<string, string>>(Labels)!;

    private readonly record struct Sum(long Charged, long Unconfirmed, long Reserved, long InDoubt)
    {
        public static Sum Of(JobRow? job) => (job?.ReadDays() ?? []).Aggregate(default(Sum), (sum, day) => new Sum(
            sum.Charged + day.Charged.Kept(), sum.Unconfirmed + day.Unconfirmed.Kept(), sum.Reserved + day.Reserved.Kept(),
            sum.InDoubt + day.InDoubt.Kept()));
    }
}
