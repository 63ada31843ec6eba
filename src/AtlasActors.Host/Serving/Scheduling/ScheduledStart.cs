using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>What came of a start.</summary>
internal abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>The batch is in the journal, since now or since before.</summary>
    public sealed record Started(BatchView Batch, BatchFileReading? File) : StartOutcome;

    /// <summary>A budget has no room for it.</summary>
    public sealed record TooDear(string Why) : StartOutcome;

    /// <summary>Its file is not in order.</summary>
    public sealed record Unreadable(string Why, IReadOnlyList<FileFault> Faults) : StartOutcome;

    /// <summary>The journal fails, or the service is ending: nobody knows, and to ask again under the same id is safe.</summary>
    public sealed record Unknown(string Why) : StartOutcome;
}

/// <summary>Begins the batches of firings: each by its id, so that however often it is asked there is one.</summary>
/// <param name="batches">Those that are at work.</param>
/// <param name="note">Has the service's records know of a batch.</param>
/// <param name="inForce">How many jobs are taken, and what they cost.</param>
/// <param name="arePrivateAllowed">Whether webhooks may go to private addresses.</param>
internal sealed class ScheduledStart(
    IAtlasBatches batches, Func<BatchView, Task> note, SettingsInForce inForce, bool arePrivateAllowed)
{
    /// <summary>The label by which the batches of a schedule are found.</summary>
    public const string Label = "schedule";

    private const int FewFaults = 3;

    /// <summary>
    /// Begins it, unless it was begun before: then the file, which may be another by now, is not looked at. Without a token: a
    /// start that is given up half way would leave it unknown whether it was recorded.
    /// </summary>
    public async Task<StartOutcome> BeginAsync(BatchId id, ScheduleSettings schedule)
    {
        if (await FindAsync(id).ConfigureAwait(false) is { } before) return new StartOutcome.Started(before, null);
        var reading = BatchFileReader.ReadFile(schedule.Path, inForce.Current.Prices);
        if (reading.Definition is not { } definition)
            return new StartOutcome.Unreadable(Sentence(schedule, reading.Faults), reading.Faults);
        var asked = With(schedule, definition);
        if (Refusal(schedule, asked) is { } refusal) return new StartOutcome.Unreadable(refusal, []);
        try
        {
            var batch = await batches.StartAsync(id, asked, schedule.MaxCost, CancellationToken.None).ConfigureAwait(false);
            await note(batch).ConfigureAwait(false);
            return new StartOutcome.Started(batch, reading);
        }
        catch (BudgetException refused)
        {
            return new StartOutcome.TooDear(refused.Message);
        }
        catch (BatchException fault)
        {
            return new StartOutcome.Unknown(fault.Message);
        }
    }

    /// <summary>A batch that has something recorded; null where there is none that can be read.</summary>
    public async Task<BatchView?> FindAsync(BatchId id)
    {
        try
        {
            return await batches.GetAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BatchException)
        {
            return null;
        }
    }

    /// <summary>Whether a batch that was started has not ended. One that is in the journal no more has.</summary>
    public async Task<bool> IsUnfinishedAsync(BatchId id) => await FindAsync(id).ConfigureAwait(false) is { } batch
        ? batch.Phase != BatchPhase.Finished
        : (await batches.ListIdsAsync(CancellationToken.None).ConfigureAwait(false)).Contains(id);

    private static BatchDefinition With(ScheduleSettings schedule, BatchDefinition definition)
    {
        var labels = new SortedDictionary<string, string>(definition.Labels.ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in schedule.Labels) labels[name] = value;
        labels[Label] = schedule.Name;
        return definition with
        {
            Source = schedule.File, Labels = labels,
            Webhook = schedule.Webhook is { } url ? new BatchWebhook(url) : definition.Webhook,
        };
    }

    private string? Refusal(ScheduleSettings schedule, BatchDefinition definition)
    {
        var most = inForce.Current.Limits.JobsPerBatch;
        if (definition.Jobs.Count > most)
            return FormattableString.Invariant(
                $"{schedule.File} has {definition.Jobs.Count} jobs, and {most} are taken in one batch.");
        return definition.Webhook is { } webhook && WebhookAddress.Fault(webhook.Url, arePrivateAllowed) is { } fault
            ? $"The webhook of {schedule.File} {fault}"
            : null;
    }

    private static string Sentence(ScheduleSettings schedule, IReadOnlyList<FileFault> faults)
    {
        var told = string.Join("; ", faults.Take(FewFaults).Select(fault => fault.In(schedule.File)));
        var more = faults.Count > FewFaults ? FormattableString.Invariant($"; and {faults.Count - FewFaults} more") : "";
        return $"The batch file is not in order: {told}{more}.";
    }
}
