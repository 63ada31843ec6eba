using Akka.Actor;
using AtlasActors.Hosting;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>What is recorded, to the journal's bytes and from them.</summary>
[MemoryDiagnoser]
public class EventBytes
{
    private static readonly Dictionary<string, Func<object>> Made = new()
    {
        ["SubmissionStarted"] = () => SampleBatch.Started(4711),
        ["GenerationFinished"] = () => SampleBatch.Finished(4711),
        ["JobSucceeded"] = () => SampleBatch.Succeeded(4711),
        ["JobsPlanned of 200"] = () => SampleBatch.Events(SampleBatch.Planned(200)).Single(),
    };

    private ActorSystem _system = null!;
    private AtlasEventSerializer _serializer = null!;
    private object _event = null!;
    private string _manifest = "";
    private byte[] _bytes = [];

    [ParamsSource(nameof(Events))]
    public string Event { get; set; } = "";

    public static IEnumerable<string> Events => Made.Keys;

    [GlobalSetup]
    public void Begin()
    {
        _system = ActorSystem.Create("small");
        _serializer = new AtlasEventSerializer((ExtendedActorSystem)_system);
        _event = Made[Event]();
        (_manifest, _bytes) = (_serializer.Manifest(_event), _serializer.ToBinary(_event));
    }

    [Benchmark]
    public byte[] Write() => _serializer.ToBinary(_event);

    [Benchmark]
    public object Read() => _serializer.FromBinary(_bytes, _manifest);

    [GlobalCleanup]
    public Task End() => _system.Terminate();
}
