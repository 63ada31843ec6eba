using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Benchmarks.Scale;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using static AtlasActors.Batches.BatchEvents;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Benchmarks.Small;

/// <summary>The batch of <c>scale</c> as the library has it, and what happens to its jobs.</summary>
internal static class SampleBatch
{
    public static readonly DateTimeOffset Begun = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    /// <summary>So many jobs as they come from the batch file.</summary>
    public static IReadOnlyList<PlannedJob> Planned(int count)
    {
        var reading = BatchFileReader.Read(ScaleOrder.Usual.BatchFile(count, workers: 1), "pack.yaml");
        return OutputTargets.Assign(reading.Definition!.Jobs, []);
    }

    /// <summary>The same in the events that the journal has of them.</summary>
    public static IEnumerable<JobsPlanned> Events(IEnumerable<PlannedJob> planned) =>
        planned.Chunk(200).Select(jobs => new JobsPlanned(jobs));

    /// <summary>A batch of these jobs, at its beginning.</summary>
    public static BatchState Of(IEnumerable<JobsPlanned> planned)
    {
        var state = new BatchState();
        state.Apply(new BatchCreated(
            BatchId.Parse("20261121-060000-3f9a41c0"), Begun, "pack.yaml", "fingerprint", "http://127.0.0.1:8080/api/v1", 1,
            null, []));
        foreach (var jobs in planned) state.Apply(jobs);
        return state;
    }

    public static SubmissionStarted Started(int job) => new(job, 1, Begun, new Usd(0.04m), PriceBasis.Table);

    public static PredictionAccepted Accepted(int job)
    {
        var id = Id(job);
        return new PredictionAccepted(job, Begun, id, $"http://127.0.0.1:8080/api/v1/model/prediction/{id}");
    }

    public static GenerationFinished Finished(int job) => new(
        job, Begun.AddSeconds(20), [$"http://127.0.0.1:8080/outputs/{Id(job)}-1.png"], new Usd(0.04m), ChargeReported: true,
        Flagged: false, FinishedAt: Begun.AddSeconds(18));

    public static JobSucceeded Succeeded(int job) => new(
        job, Begun.AddSeconds(21),
        [new OutputFile($"images/picture_{job}.png", 20_000, Id(job) + Id(-job))]);

    /// <summary>All that happens to a job to which nothing unusual happens.</summary>
    public static IReadOnlyList<IJobEvent> Life(int job) => [Started(job), Accepted(job), Finished(job), Succeeded(job)];

    /// <summary>As long as Atlas's are, and of no two jobs the same.</summary>
    private static string Id(int job) => job.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
