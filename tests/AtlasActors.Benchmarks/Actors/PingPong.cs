using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Pairs of actors with one message between them: the time is that of waking an idle actor.</summary>
internal sealed class PingPong(string name, string what, int pairs) : IMeasure
{
    public string Name => name;

    public string What => what;

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var exchanges = sizes.Of((pairs == 1 ? 300_000 : 1_600_000) / pairs);
        var done = new Completion(pairs);
        using var system = Systems.Start();
        var players = Enumerable.Range(0, pairs).Select(_ => (
            First: system.ActorOf(Props.Create(() => new Player(exchanges, done))),
            Second: system.ActorOf(Props.Create(() => new Player(int.MaxValue, done))))).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var (first, second) in players)
            first.Tell(new object(), second);
        await done.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("messages", 2L * exchanges * pairs, elapsed)];
    }

    private sealed class Player(int exchanges, Completion done) : UntypedActor
    {
        private int _left = exchanges;

        protected override void OnReceive(object message)
        {
            if (_left-- > 0)
                Sender.Tell(message, Self);
            else
                done.OneDone();
        }
    }
}
