using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Actors;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>Events written to a new database, until the handler of the last has run.</summary>
internal sealed class Persisting(string name, string what, int events, int actors, Way way) : IMeasure
{
    public string Name => name;

    public string What => what;

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var each = sizes.Of(events / actors);
        using var folder = new JournalFolder();
        using var system = folder.Open();
        var (ready, written) = (new Completion(actors), new Completion(actors));
        var writers = Enumerable.Range(0, actors)
            .Select(i => system.ActorOf(Props.Create(() => new Writer($"writer-{i}", way, each, ready, written))))
            .ToList();
        await ready.All;
        var clock = Stopwatch.StartNew();
        foreach (var writer in writers)
            writer.Tell(Go.Instance);
        await written.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("events", (long)each * actors, elapsed)];
    }
}
