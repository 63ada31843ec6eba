using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>
/// Senders that tell receivers as fast as these keep up: a sender goes on when its last window but one was received, so
/// that mailboxes stay short and the number is of a steady stream.
/// </summary>
internal sealed class TellStreams(string name, string what, int senders, int receivers) : IMeasure
{
    private const int Window = 1000;
    private const int WindowsInFlight = 2;

    public string Name => name;

    public string What => what;

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var windows = sizes.Of(10_000_000 / Window / senders, least: WindowsInFlight);
        var done = new Completion(senders);
        using var system = Systems.Start();
        var targets = Enumerable.Range(0, receivers)
            .Select(_ => system.ActorOf(Props.Create(() => new Receiver()))).ToList();
        var sources = Enumerable.Range(0, senders)
            .Select(i => system.ActorOf(Props.Create(() => new Source(targets[i % receivers], windows, done))))
            .ToList();
        var clock = Stopwatch.StartNew();
        foreach (var source in sources)
            source.Tell(Go.Instance);
        await done.All;
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("messages", (long)windows * Window * senders, elapsed)];
    }

    private sealed class Go
    {
        public static readonly Go Instance = new();
    }

    private sealed class Item
    {
        public static readonly Item Instance = new();
    }

    private sealed class EndOfWindow
    {
        public static readonly EndOfWindow Instance = new();
    }

    private sealed class Receiver : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is EndOfWindow)
                Sender.Tell(message);
        }
    }

    private sealed class Source(IActorRef target, int windows, Completion done) : UntypedActor
    {
        private int _toSend = windows;
        private int _unreceived = windows;

        protected override void OnReceive(object message)
        {
            if (message is Go)
            {
                for (var i = 0; i < WindowsInFlight; i++)
                    Send();
            }
            else if (--_unreceived == 0)
            {
                done.OneDone();
            }
            else
            {
                Send();
            }
        }

        private void Send()
        {
            if (_toSend-- <= 0)
                return;
            for (var i = 1; i < Window; i++)
                target.Tell(Item.Instance, Self);
            target.Tell(EndOfWindow.Instance, Self);
        }
    }
}
