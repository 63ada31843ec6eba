using System.IO.Compression;
using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Polling;

namespace AtlasActors.Hosting;

/// <summary>
/// Events as JSON, each under a manifest that never changes, so that a journal outlives the names of our types. Events
/// are only ever added to; what a new version can't read is an error and not a guess.
/// </summary>
internal sealed class AtlasEventSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    internal static readonly JsonSerializerOptions Json = AtlasEventsJson.Form;

    /// <summary>The manifest of each event; the number after it is its version.</summary>
    private static readonly Dictionary<Type, string> Manifests = new()
    {
        [typeof(BatchEvents.BatchCreated)] = "batch-created:1",
        [typeof(BatchEvents.BudgetSet)] = "budget-set:1",
        [typeof(BatchEvents.JobsPlanned)] = "jobs-planned:1",
        [typeof(BatchEvents.BatchSettled)] = "batch-settled:1",
        [typeof(BatchEvents.InputUploaded)] = "input-uploaded:1",
        [typeof(BatchEvents.BatchPaused)] = "batch-paused:1",
        [typeof(BatchEvents.BatchUnpaused)] = "batch-unpaused:1",
        [typeof(BatchEvents.CancellationAsked)] = "cancellation-asked:1",
        [typeof(BatchEvents.OutputsRemoved)] = "outputs-removed:1",
        [typeof(BatchSnapshot)] = "batch-snapshot:1",
        [typeof(IndexMessages.BatchListed)] = "batch-listed:1",
        [typeof(JobEvents.SubmissionStarted)] = "submission-started:1",
        [typeof(JobEvents.SubmissionRefused)] = "submission-refused:1",
        [typeof(JobEvents.SubmissionLost)] = "submission-lost:1",
        [typeof(JobEvents.PredictionAccepted)] = "prediction-accepted:1",
        [typeof(JobEvents.AttemptFailed)] = "attempt-failed:1",
        [typeof(JobEvents.GenerationFinished)] = "generation-finished:1",
        [typeof(JobEvents.ChargeReported)] = "charge-reported:1",
        [typeof(JobEvents.JobFellOverdue)] = "job-fell-overdue:1",
        [typeof(JobEvents.WaitBegunAnew)] = "wait-begun-anew:1",
        [typeof(JobEvents.JobSucceeded)] = "job-succeeded:1",
        [typeof(JobEvents.JobFailed)] = "job-failed:1",
        [typeof(JobEvents.JobRefused)] = "job-refused:1",
        [typeof(JobEvents.JobCancelled)] = "job-cancelled:1",
        [typeof(JobEvents.JobRetried)] = "job-retried:1",
        [typeof(JobEvents.SubmissionFound)] = "submission-found:1",
        [typeof(JobEvents.SubmissionSettled)] = "submission-settled:1",
        [typeof(LedgerEvents.MoneyCounted)] = "money-counted:1",
        [typeof(LedgerEvents.AccountLabelled)] = "account-labelled:1",
        [typeof(LedgerEvents.AccountClosed)] = "account-closed:1",
        [typeof(LedgerEvents.AccountOpened)] = "account-opened:1",
        [typeof(LedgerEvents.MoneyReserved)] = "money-reserved:1",
        [typeof(LedgerEvents.ReservationsReleased)] = "reservations-released:1",
        [typeof(LedgerSnapshot)] = "ledger-snapshot:1",
        [typeof(ManifestEvents.ResultListed)] = "result-listed:1",
        [typeof(ManifestEvents.ResultWithdrawn)] = "result-withdrawn:1",
        [typeof(ManifestSnapshot)] = "manifest-snapshot:1",
        [typeof(LatencyEvents.TimesSeen)] = "times-seen:1",
        [typeof(LatencySnapshot)] = "latency-snapshot:1",
    };

    private static readonly Dictionary<string, Type> Types = Manifests.ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>
    /// Has a system write and read our events by this serializer, and nothing else. Twice: for who holds the serialization of
    /// this moment, such as a journal that is running, and as configuration, because Akka.NET makes the serialization anew
    /// from it whenever an extension adds defaults of its own.
    /// </summary>
    public static void Bind(ExtendedActorSystem system)
    {
        const string name = "atlas-events";
        var serializer = new AtlasEventSerializer(system);
        system.Serialization.AddSerializer(name, serializer);
        foreach (var type in BoundTypes) system.Serialization.AddSerializationMap(type, serializer);

        var bindings = BoundTypes.Select(type => $"\"{NameOf(type)}\" = {name}");
        system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString($$"""
            akka.actor.serializers.{{name}} = "{{NameOf(typeof(AtlasEventSerializer))}}"
            akka.actor.serialization-bindings { {{string.Join(", ", bindings)}} }
            """));

        static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
    }

    /// <summary>The number in the journal's <c>identifier</c> column.</summary>
    public override int Identifier => 870_001;

    /// <summary>Everything that it writes and reads.</summary>
    public static IEnumerable<Type> BoundTypes => Manifests.Keys;

    public override string Manifest(object o) => Manifests.TryGetValue(o.GetType(), out var manifest)
        ? manifest
        : throw new NotSupportedException($"{o.GetType().Name} is no event of AtlasActors.");

    public override byte[] ToBinary(object obj)
    {
        if (obj is not IPackedInJournal) return JsonSerializer.SerializeToUtf8Bytes(obj, obj.GetType(), Json);
        using var bytes = new MemoryStream();
        using (var packing = new GZipStream(bytes, CompressionLevel.Optimal))
            JsonSerializer.Serialize(packing, obj, obj.GetType(), Json);
        return bytes.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!Types.TryGetValue(manifest, out var type))
            throw new NotSupportedException($"This version of AtlasActors does not know the event {manifest}; a newer one wrote it.");
        return Read(bytes, type) ?? throw new JsonException($"An event {manifest} is null.");
    }

    /// <summary>What is packed says so by its first two bytes, with which no JSON begins.</summary>
    private static object? Read(byte[] bytes, Type type)
    {
        if (bytes is not [0x1F, 0x8B, ..]) return JsonSerializer.Deserialize(bytes, type, Json);
        using var packed = new MemoryStream(bytes, writable: false);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(unpacked, type, Json);
    }
}
