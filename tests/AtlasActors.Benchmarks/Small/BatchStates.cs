using AtlasActors.Batches;
using AtlasActors.Jobs;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>What a batch makes of its events, as it happens and when it is recovered.</summary>
[MemoryDiagnoser]
public class BatchStates
{
    private const int Jobs = 10_000;

    private readonly BatchEvents.JobsPlanned[] _planned = [.. SampleBatch.Events(SampleBatch.Planned(Jobs))];
    private readonly IJobEvent[] _lives = [.. Enumerable.Range(1, Jobs).SelectMany(SampleBatch.Life)];
    private BatchState _state = null!;

    [IterationSetup]
    public void Begin() => _state = SampleBatch.Of(_planned);

    /// <summary>A job from its submission to its files: four events.</summary>
    [Benchmark(OperationsPerInvoke = Jobs)]
    public void JobLife()
    {
        foreach (var happened in _lives) _state.Apply(happened);
    }
}
