using Akka.Actor;
using Akka.Configuration;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Polling;
using AtlasActors.Simulator;

namespace AtlasActors.Tests.Support;

/// <summary>What somebody who embeds AtlasActors has: a folder, an Atlas Cloud (the simulator) and actor systems of one's own.</summary>
internal sealed class Surroundings : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TempFolder _folder = new();
    private readonly AtlasSimulator _atlas;
    private readonly List<ActorSystem> _systems = [];

    private Surroundings(AtlasSimulator atlas) => _atlas = atlas;

    public string Folder => _folder.Path;

    public Uri BaseUrl => _atlas.BaseUrl;

    /// <summary>What reached the simulator.</summary>
    public SeenTraffic Seen => _atlas.Seen;

    public static async Task<Surroundings> StartAsync() =>
        new(await AtlasSimulator.StartAsync(new SimulatorOptions { Speed = 1000 }));

    /// <summary>Small pictures that are polled often.</summary>
    public static BatchDefinition Pictures(int count) => Some.Batch([.. Enumerable.Range(1, count).Select(number => Some.Image(number) with
    {
        Body = $$"""{"model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"picture {{number}}","width":64,"height":64}""",
        Policy = JobPolicy.For(MediaKind.Image) with
        {
            Poll = new PollPolicy(TimeSpan.FromMilliseconds(20), 1.5, TimeSpan.FromMilliseconds(200)),
        },
    })]);

    /// <summary>A folder of this name is the output folder.</summary>
    public AtlasActorsOptions Options(string name = "out") => new() { OutputDir = _folder[name], BaseUrl = BaseUrl, ApiKey = "key" };

    /// <summary>The same as HOCON.</summary>
    public string Hocon(string name = "out") => $$"""
        akka.loglevel = WARNING
        akka.coordinated-shutdown.phases.before-service-unbind.timeout = 100s
        atlas-actors { output-dir = "{{_folder[name].Replace('\\', '/')}}", base-url = "{{BaseUrl}}", api-key = "key" }

        """;

    /// <summary>A bare actor system; ended with the test.</summary>
    public ActorSystem System(string name, string hocon)
    {
        var system = ActorSystem.Create(name, ConfigurationFactory.ParseString(hocon));
        _systems.Add(system);
        return system;
    }

    /// <summary>Begins a batch and watches it to its rest.</summary>
    public static async Task<BatchView> RunAsync(IAtlasBatches atlas, BatchDefinition definition)
    {
        using var limit = new CancellationTokenSource(Patience);
        var batch = await atlas.StartAsync(definition, cancellation: limit.Token);
        await foreach (var notice in atlas.WatchAsync(batch.Id, limit.Token))
            if (notice is BatchNotice.PhaseChanged changed) batch = changed.Batch;
        return batch;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var system in _systems) await system.Terminate().WaitAsync(Patience);
        await _atlas.DisposeAsync();
        _folder.Dispose();
    }
}
