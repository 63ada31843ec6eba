using AtlasActors.Batches;
using AtlasActors.Manifests;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>manifest.json of 10,000 pictures, without the disk.</summary>
[MemoryDiagnoser]
public class Manifests
{
    private const int Jobs = 10_000;

    private static readonly ManifestHead Head = new(
        BatchId.Parse("20261121-060000-3f9a41c0"), "pack.yaml", "out", Jobs, []);

    private ManifestResult[] _results = [];

    [GlobalSetup]
    public void Begin()
    {
        var state = SampleBatch.Of(SampleBatch.Events(SampleBatch.Planned(Jobs)));
        foreach (var happened in Enumerable.Range(1, Jobs).SelectMany(SampleBatch.Life)) state.Apply(happened);
        _results = [.. Enumerable.Range(1, Jobs).Select(job => BatchViews.Result(state, job))];
    }

    [Benchmark]
    public void Write() => Manifest.Write(Stream.Null, Head, _results, SampleBatch.Begun);
}
