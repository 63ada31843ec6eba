using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Tasks that ask actors and await each answer.</summary>
internal sealed class Asks(string name, string what, int askers) : IMeasure
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public string Name => name;

    public string What => what;

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var questions = sizes.Of((askers == 1 ? 100_000 : 400_000) / askers);
        using var system = Systems.Start();
        var answerers = Enumerable.Range(0, askers)
            .Select(_ => system.ActorOf(Props.Create(() => new Echo()))).ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(answerers.Select(answerer => Task.Run(() => Ask(answerer, questions))));
        var elapsed = clock.Elapsed;
        await system.Terminate();
        return [Figure.Rate("answers", (long)questions * askers, elapsed)];
    }

    private static async Task Ask(IActorRef answerer, int questions)
    {
        for (var i = 0; i < questions; i++)
            await answerer.Ask<string>("anybody there?", Timeout);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
