using System.Diagnostics;
using Akka.Actor;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Children of one parent: until each has run its PreStart, and then until each is gone.</summary>
internal sealed class ActorCreation : IMeasure
{
    public string Name => "create";

    public string What => "actors made by one parent and started; then stopped";

    public async Task<IReadOnlyList<Figure>> Round(Sizes sizes)
    {
        var count = sizes.Of(100_000);
        var (started, stopped) = (new Completion(count), new Completion(count));
        using var system = Systems.Start();
        var clock = Stopwatch.StartNew();
        var parent = system.ActorOf(Props.Create(() => new Parent(count, started, stopped)));
        await started.All;
        var starting = clock.Elapsed;
        clock.Restart();
        system.Stop(parent);
        await stopped.All;
        var stopping = clock.Elapsed;
        await system.Terminate();
        return
        [
            Figure.Rate("actors", count, starting) with { Name = "start" },
            Figure.Rate("actors", count, stopping) with { Name = "stop" }
        ];
    }

    private sealed class Parent : UntypedActor
    {
        public Parent(int count, Completion started, Completion stopped)
        {
            var props = Props.Create(() => new Child(started, stopped));
            for (var i = 0; i < count; i++)
                Context.ActorOf(props);
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Child(Completion started, Completion stopped) : UntypedActor
    {
        protected override void PreStart() => started.OneDone();

        protected override void PostStop() => stopped.OneDone();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
