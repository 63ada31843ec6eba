using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using AtlasActors.Atlas;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>What a batch is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchPhase>))]
public enum BatchPhase
{
    /// <summary>Recorded, and nobody works on it: after a stop, a crash, or before its start. Resume moves it on.</summary>
    Idle,

    /// <summary>Jobs are submitted, polled and downloaded.</summary>
    Running,

    /// <summary>No more is submitted; what is on its way is being recorded, then it is Idle.</summary>
    Stopping,

    /// <summary>Nothing can be submitted, for the reason given: the key is refused, the balance is used up. Resume tries again.</summary>
    Halted,

    /// <summary>Every job has come to an end, or is overdue. Retry and resume move it on.</summary>
    Finished,
}

/// <summary>Why a batch is halted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HaltReason>))]
public enum HaltReason
{
    /// <summary>Atlas answered 401 or 403.</summary>
    KeyRefused,

    /// <summary>Atlas answered 402.</summary>
    OutOfBalance,

    /// <summary>The disk does not take the results.</summary>
    DiskRefused,

    /// <summary>The journal does not take or give its events.</summary>
    JournalFailed,

    /// <summary>A person paused it. What Atlas has is seen through first: until then the phase is Running.</summary>
    Paused,

    /// <summary>A budget of the configuration is used up, and it was stopped while it waited for that. Resume goes on.</summary>
    BudgetReached,
}

/// <summary>A batch at one moment.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Source">The batch file it came from.</param>
/// <param name="Fingerprint">A hash of all that its jobs ask for; two files with the same fingerprint ask for the same.</param>
/// <param name="Endpoint">The API it was begun with.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Halt">Why it is halted, else null.</param>
/// <param name="HaltMessage">One sentence on that, else null.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="MaxWorkers">Slots.</param>
/// <param name="Counts">How many jobs are in each stage; stages with none are left out.</param>
/// <param name="Money">Its money.</param>
/// <param name="Running">Jobs that are submitting, generating, downloading or overdue, in the file's order, 100 at most.</param>
public sealed record BatchView(
    BatchId Id, string Source, string Fingerprint, string Endpoint, BatchPhase Phase, HaltReason? Halt, string? HaltMessage,
    DateTimeOffset CreatedAt, int MaxWorkers, IReadOnlyDictionary<JobStage, int> Counts, BatchMoney Money,
    IReadOnlyList<JobView> Running)
{
    /// <summary>The labels that its file gives it.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How soon it is served among other batches.</summary>
    public BatchPriority Priority { get; init; } = BatchPriority.Normal;

    /// <summary>Whom a service tells of it; null for nobody but whom it tells of all batches.</summary>
    public BatchWebhook? Webhook { get; init; }

    /// <summary>
    /// How many events its journal has: it grows with all that happens to the batch, so that of two views the later one is
    /// known, and whoever keeps a view knows by <see cref="Hosting.IAtlasBatches.GetRevisionsAsync"/> whether it still holds.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>Whether nothing is left to be done, and ledger and manifest have all of it; if not, resume has work.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Since when; null where something is left.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>
    /// Up to when what its jobs had made was removed; null where nothing was. The files of jobs that succeeded until
    /// then are not there any more.
    /// </summary>
    public DateTimeOffset? OutputsRemovedAt { get; init; }

    /// <summary>
    /// While it runs: nothing is left to be done but what a used-up budget of the configuration holds back. It goes on by
    /// itself when the budget begins anew, is raised, or gets something back. Null otherwise.
    /// </summary>
    public BudgetPause? Pause { get; init; }

    /// <summary>How many jobs there are.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>How many jobs are in a stage.</summary>
    public int Count(JobStage stage) => Counts.GetValueOrDefault(stage);

    /// <summary>How many jobs have come to an end, good or bad.</summary>
    public int Ended => JobStages.Ends.Sum(Count);
}

/// <summary>Why a batch waits for money.</summary>
/// <param name="Budget">The budget's name.</param>
/// <param name="Message">A sentence with its figures.</param>
/// <param name="BeginsAnew">When the budget begins anew; null of a total.</param>
public sealed record BudgetPause(string Budget, string Message, DateTimeOffset? BeginsAnew);

/// <summary>A batch's money.</summary>
/// <param name="Estimated">What it costs when every job succeeds at its first attempt.</param>
/// <param name="Charged">What its finished generations cost: as Atlas reported, or as they were estimated.</param>
/// <param name="Reserved">What is on its way: submitted, and not known to be charged or released.</param>
/// <param name="InDoubt">What was possibly charged by submissions that nobody can account for.</param>
/// <param name="Budget">The most that may be spent, or null.</param>
public sealed record BatchMoney(Usd Estimated, Usd Charged, Usd Reserved, Usd InDoubt, Usd? Budget)
{
    /// <summary>The part of <see cref="Charged"/> that Atlas has not told, so that our estimate stands in for it.</summary>
    public Usd Unconfirmed { get; init; }
}

/// <summary>A job at one moment.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Name">Its name as written.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Model">Its model.</param>
/// <param name="Stage">Where it is.</param>
/// <param name="Since">Since when it is there.</param>
/// <param name="Attempt">Which attempt this is, from 1; 0 before the first.</param>
/// <param name="Why">One line on what it waits for, or null.</param>
/// <param name="PredictionId">Atlas's id of the current attempt, or null.</param>
/// <param name="Cost">What it has cost so far.</param>
/// <param name="GenerationTime">From Atlas taking it to its being found done, or null.</param>
/// <param name="OutputUrl">Where Atlas put the first output, without its query, or null.</param>
/// <param name="Files">Its files, relative to the output folder, with forward slashes.</param>
/// <param name="Error">What went wrong, or null.</param>
public sealed record JobView(
    int Number, string Name, MediaKind Kind, string Model, JobStage Stage, DateTimeOffset Since, int Attempt, string? Why,
    string? PredictionId, Usd Cost, TimeSpan? GenerationTime, string? OutputUrl, IReadOnlyList<string> Files, string? Error)
{
    /// <summary>What went wrong in its parts: the sentence, Atlas's codes, and the request to name to its support.</summary>
    public AtlasFailure? Failure { get; init; }

    /// <summary>The part of <see cref="Cost"/> that Atlas has not told, so that our estimate stands in for it.</summary>
    public Usd Unconfirmed { get; init; }

    /// <summary>Whether Atlas told all of <see cref="Cost"/>; null where nothing was charged.</summary>
    public bool? IsCostReported { get; init; }

    /// <summary>What one attempt was estimated to cost.</summary>
    public Usd Estimate { get; init; }

    /// <summary>What the estimate was made by; null in batches of before.</summary>
    public PriceBasis? PriceBasis { get; init; }

    /// <summary>How many events the job has seen: of two views the later one is known by it.</summary>
    public int Revision { get; init; }

    /// <summary>What it spent, or may have, by UTC day, the days in their order; nothing of what was released.</summary>
    public IReadOnlyList<JobDay> Days { get; init; } = [];

    /// <summary>Its <see cref="Files"/> with their lengths and hashes.</summary>
    public IReadOnlyList<JobFile> Outputs { get; init; } = [];
}

/// <summary>What a job's submissions of one UTC day come to.</summary>
/// <param name="Day">As in a <see cref="LedgerLine"/>.</param>
/// <param name="Submissions">How many they are.</param>
/// <param name="Charges">How many of them were charged.</param>
/// <param name="Untold">How many of these charges Atlas has not told.</param>
/// <param name="Charged">What of them is spent.</param>
/// <param name="Unconfirmed">The part of it that is only our estimate.</param>
/// <param name="Reserved">What of them is on its way.</param>
/// <param name="InDoubt">What of them is possibly spent.</param>
public sealed record JobDay(
    DateOnly Day, int Submissions, int Charges, int Untold, Usd Charged, Usd Unconfirmed, Usd Reserved, Usd InDoubt);

/// <summary>A file that a job made.</summary>
/// <param name="Path">Relative to the output folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
public sealed record JobFile(string Path, long Bytes, string Sha256);

/// <summary>Something that happened in a batch.</summary>
public abstract record BatchNotice
{
    private BatchNotice(BatchId batchId) => BatchId = batchId;

    /// <summary>The batch in which it happened.</summary>
    public BatchId BatchId { get; }

    /// <summary>A job moved to another stage, or waits for another reason.</summary>
    public sealed record JobMoved(BatchId BatchId, JobView Job) : BatchNotice(BatchId);

    /// <summary>The batch moved to another phase, or is in this one as the watch begins.</summary>
    public sealed record PhaseChanged(BatchView Batch) : BatchNotice(Batch.Id)
    {
        /// <summary>Whether nobody works on it now, Finished, Halted or Idle; manifest.json is written by then.</summary>
        public bool IsRest => Batch.Phase is BatchPhase.Finished or BatchPhase.Halted or BatchPhase.Idle;
    }
}
