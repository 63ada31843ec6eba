using AtlasActors.Batches;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>The queue of a large batch: its jobs in, and one after the other out again.</summary>
[MemoryDiagnoser]
public class Queues
{
    private const int Jobs = 100_000;

    [Benchmark(OperationsPerInvoke = Jobs)]
    public int AddAndTake()
    {
        var queue = new JobQueue();
        for (var job = 1; job <= Jobs; job++) queue.Add(job, SampleBatch.Begun);
        var taken = 0;
        while (queue.Take(SampleBatch.Begun) is not null) taken++;
        return taken;
    }
}
