using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Polling;

namespace AtlasActors.Hosting;

/// <summary>
/// How each event is written and read, made when this is compiled: no process has to find that out from the types once more
/// before its first event. Metadata alone, because nothing else is used beside an encoder of our own.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BatchEvents.BatchCreated))]
[JsonSerializable(typeof(BatchEvents.BudgetSet))]
[JsonSerializable(typeof(BatchEvents.JobsPlanned))]
[JsonSerializable(typeof(BatchEvents.BatchSettled))]
[JsonSerializable(typeof(BatchEvents.InputUploaded))]
[JsonSerializable(typeof(BatchEvents.BatchPaused))]
[JsonSerializable(typeof(BatchEvents.BatchUnpaused))]
[JsonSerializable(typeof(BatchEvents.CancellationAsked))]
[JsonSerializable(typeof(BatchEvents.OutputsRemoved))]
[JsonSerializable(typeof(BatchSnapshot))]
[JsonSerializable(typeof(IndexMessages.BatchListed))]
[JsonSerializable(typeof(JobEvents.SubmissionStarted))]
[JsonSerializable(typeof(JobEvents.SubmissionRefused))]
[JsonSerializable(typeof(JobEvents.SubmissionLost))]
[JsonSerializable(typeof(JobEvents.PredictionAccepted))]
[JsonSerializable(typeof(JobEvents.AttemptFailed))]
[JsonSerializable(typeof(JobEvents.GenerationFinished))]
[JsonSerializable(typeof(JobEvents.ChargeReported))]
[JsonSerializable(typeof(JobEvents.JobFellOverdue))]
[JsonSerializable(typeof(JobEvents.WaitBegunAnew))]
[JsonSerializable(typeof(JobEvents.JobSucceeded))]
[JsonSerializable(typeof(JobEvents.JobFailed))]
[JsonSerializable(typeof(JobEvents.JobRefused))]
[JsonSerializable(typeof(JobEvents.JobCancelled))]
[JsonSerializable(typeof(JobEvents.JobRetried))]
[JsonSerializable(typeof(JobEvents.SubmissionFound))]
[JsonSerializable(typeof(JobEvents.SubmissionSettled))]
[JsonSerializable(typeof(LedgerEvents.MoneyCounted))]
[JsonSerializable(typeof(LedgerEvents.AccountLabelled))]
[JsonSerializable(typeof(LedgerEvents.AccountClosed))]
[JsonSerializable(typeof(LedgerEvents.AccountOpened))]
[JsonSerializable(typeof(LedgerEvents.MoneyReserved))]
[JsonSerializable(typeof(LedgerEvents.ReservationsReleased))]
[JsonSerializable(typeof(LedgerSnapshot))]
[JsonSerializable(typeof(ManifestEvents.ResultListed))]
[JsonSerializable(typeof(ManifestEvents.ResultWithdrawn))]
[JsonSerializable(typeof(ManifestSnapshot))]
[JsonSerializable(typeof(LatencyEvents.TimesSeen))]
[JsonSerializable(typeof(LatencySnapshot))]
internal sealed partial class AtlasEventsJson : JsonSerializerContext
{
    /// <summary>The form of the journal, which never changes. Types that are not named above it refuses.</summary>
    public static JsonSerializerOptions Form { get; } = new AtlasEventsJson(new JsonSerializerOptions
    {
        // Prompts of every script stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    }).Options;
}
