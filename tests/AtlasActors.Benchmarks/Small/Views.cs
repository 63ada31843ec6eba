using AtlasActors.Batches;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>What others are told of a batch of 100,000 jobs, the last half of which is in flight.</summary>
[MemoryDiagnoser]
public class Views
{
    private const int Jobs = 100_000;

    private BatchState _state = null!;

    [GlobalSetup]
    public void Begin()
    {
        _state = SampleBatch.Of(SampleBatch.Events(SampleBatch.Planned(Jobs)));
        for (var job = 1; job <= Jobs; job++)
            foreach (var happened in SampleBatch.Life(job).Take(job <= Jobs / 2 ? 4 : 2)) _state.Apply(happened);
    }

    [Benchmark]
    public object Batch() => BatchViews.Batch(_state, BatchPhase.Running, null, null, _ => null);

    [Benchmark]
    public object Job() => BatchViews.Job(_state, 1, null);
}
