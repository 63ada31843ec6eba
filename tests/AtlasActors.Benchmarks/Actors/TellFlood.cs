using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>A thread outside of actors that tells without pause, whatever piles up in the mailbox.</summary>
internal sealed class TellFlood : IMeasure
{
    public string Name => "tell-flood";

    public string What => "messages from a thread to one actor, as fast as it can tell";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(3_000_000);
        var done = new Completion(1);
        using var system = Systems.Start();
        var counter = system.ActorOf(Props.Create(() => new Counter(count, done)));
        var message = new object();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
            counter.Tell(message, ActorRefs.NoSender);
        await done.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("messages", count, elapsed)];
    }

    private sealed class Counter(int count, Completion done) : UntypedActor
    {
        private int _left = count;

        protected override void OnReceive(object message)
        {
            if (--_left == 0)
                done.OneDone();
        }
    }
}
