using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AtlasActors.Telemetry;

/// <summary>
/// What AtlasActors shows of itself through System.Diagnostics: a meter and a source of traces, both of this name, for
/// OpenTelemetry or whatever else listens. Nothing is measured that nobody listens to. docs/telemetry.md names all of it.
/// </summary>
public static class AtlasTelemetry
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "AtlasActors";

    private static readonly Meter Meter = new(Name);

    internal static ActivitySource Traces { get; } = new(Name);

    internal static UpDownCounter<long> Jobs { get; } = Meter.CreateUpDownCounter<long>(
        "atlas_actors.jobs", "{job}", "Jobs that have come to no end, of the batches at work, by stage and model.");

    internal static Counter<long> JobsEnded { get; } = Meter.CreateCounter<long>(
        "atlas_actors.jobs.ended", "{job}", "Jobs that came to an end, by end and model.");

    internal static Counter<long> Submissions { get; } = Meter.CreateCounter<long>(
        "atlas_actors.submissions", "{submission}", "Answers to submissions, by outcome and model.");

    internal static Counter<long> Polls { get; } = Meter.CreateCounter<long>(
        "atlas_actors.polls", "{poll}", "Polls made, by model.");

    internal static Histogram<int> PollsOfJob { get; } = Meter.CreateHistogram(
        "atlas_actors.generation.polls", "{poll}", "Polls from a submission's acceptance to its generation's end being noticed.",
        advice: Buckets<int>(1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50));

    internal static Histogram<double> NoticeDelay { get; } = Meter.CreateHistogram(
        "atlas_actors.notice.delay", "s", "From a generation's end, where Atlas tells it, to its being noticed.",
        advice: Buckets<double>(0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60, 120));

    internal static Histogram<double> GenerationTime { get; } = Meter.CreateHistogram(
        "atlas_actors.generation.time", "s", "From Atlas taking a submission to its end: as Atlas tells it, else as noticed.",
        advice: Buckets<double>(2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200));

    internal static Counter<long> Downloads { get; } = Meter.CreateCounter<long>(
        "atlas_actors.downloads", "{file}", "Files that are in their places, by model.");

    internal static Counter<long> DownloadedBytes { get; } = Meter.CreateCounter<long>(
        "atlas_actors.downloads.size", "By", "Their lengths, by model.");

    internal static UpDownCounter<double> Money { get; } = Meter.CreateUpDownCounter<double>(
        "atlas_actors.money", "{USD}",
        "US dollars: charged since the process started; reserved and in doubt by batches at work. By status and model.");

    internal static UpDownCounter<long> GateWaiting { get; } = Meter.CreateUpDownCounter<long>(
        "atlas_actors.gate.waiting", "{job}", "Jobs that have a slot of their batch and wait to be let through, by model.");

    internal static UpDownCounter<long> Waiting { get; } = Meter.CreateUpDownCounter<long>(
        "atlas_actors.jobs.waiting", "{job}",
        "Jobs of the batches at work that wait for something other than Atlas, by reason and model.");

    internal static UpDownCounter<long> GateInFlight { get; } = Meter.CreateUpDownCounter<long>(
        "atlas_actors.gate.in_flight", "{job}", "Jobs that were let through and are not back, by model.");

    internal static Histogram<double> MailboxDelay { get; } = Meter.CreateHistogram(
        "atlas_actors.mailbox.delay", "s", "How long a job's report waits in its coordinator's mailbox.",
        advice: Buckets<double>(0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5));

    internal static Histogram<double> JournalLatency { get; } = Meter.CreateHistogram(
        "atlas_actors.journal.latency", "s", "From an event being handed to the journal to its being written.",
        advice: Buckets<double>(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5));

    /// <summary>Budgets by name: what is left of each, at the moment that is asked for it.</summary>
    internal static BudgetGauge Budgets { get; } = new(Meter);

    internal static KeyValuePair<string, object?> Model(string model) => new("model", model);

    internal static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static InstrumentAdvice<T> Buckets<T>(params T[] bounds) where T : struct => new() { HistogramBucketBoundaries = bounds };
}
