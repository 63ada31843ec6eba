using Akka.Actor;
using AtlasActors.Batches;
using AtlasActors.Benchmarks.Measuring;
using AtlasActors.Benchmarks.Small;
using AtlasActors.Hosting;
using static AtlasActors.Batches.BatchEvents;

namespace AtlasActors.Benchmarks.Memory;

/// <summary>
/// The managed memory that a job of a batch of 100,000 holds once all garbage is gone: its plan, its state, and its place in
/// the queue. Actors, which only jobs in flight have, are not counted.
/// </summary>
internal sealed class HeldJobs : IMeasure
{
    public string Name => "job-memory";

    public string What => "memory that a job of a batch of 100,000 holds, without its actor";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(100_000);
        using var system = ActorSystem.Create("memory");
        var serializer = new AtlasEventSerializer((ExtendedActorSystem)system);
        var planned = Held(() => SampleBatch.Of(SampleBatch.Events(SampleBatch.Planned(count))));
        var journal = Written(serializer, count);
        var read = Held(() => SampleBatch.Of(journal.Select(bytes => Read(serializer, bytes))));
        var inFlight = Held(() => InFlight(SampleBatch.Of(journal.Select(bytes => Read(serializer, bytes)))));
        var places = Held(() => Queue(count));
        GC.KeepAlive(journal);
        await system.Terminate();
        return
        [
            new Figure("queued, from the batch file", (double)planned / count, "bytes each"),
            new Figure("queued, from the journal", (double)read / count, "bytes each"),
            new Figure("in flight, from the journal", (double)inFlight / count, "bytes each"),
            new Figure("place in the queue, besides", (double)places / count, "bytes each"),
        ];
    }

    private static long Held(Func<object> make)
    {
        var before = Machine.CollectGarbage();
        var made = make();
        var held = Machine.CollectGarbage() - before;
        GC.KeepAlive(made);
        return held;
    }

    private static List<byte[]> Written(AtlasEventSerializer serializer, int count) =>
        [.. SampleBatch.Events(SampleBatch.Planned(count)).Select(serializer.ToBinary)];

    private static JobsPlanned Read(AtlasEventSerializer serializer, byte[] bytes) =>
        (JobsPlanned)serializer.FromBinary(bytes, "jobs-planned:1");

    private static BatchState InFlight(BatchState state)
    {
        for (var job = 1; job <= state.JobCount; job++)
        {
            state.Apply(SampleBatch.Started(job));
            state.Apply(SampleBatch.Accepted(job));
        }
        return state;
    }

    private static JobQueue Queue(int count)
    {
        var queue = new JobQueue();
        for (var job = 1; job <= count; job++) queue.Add(job, SampleBatch.Begun);
        // Those whose time has come lie in another part of it.
        queue.TakeDue(SampleBatch.Begun);
        return queue;
    }
}
