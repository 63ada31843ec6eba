using System.Collections.Concurrent;
using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class CoordinatedShutdownSpecs
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _order = new();

    [Fact]
    public async Task Phases_run_one_after_the_other_and_end_the_system()
    {
        var system = ActorSystem.Create("phases", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "last");
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, "middle");
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind, "first");
        Assert.Null(shutdown.ShutdownReason);
        await shutdown.Run(Own.Instance).WaitAsync(Patient);
        await system.WhenTerminated.WaitAsync(Patient);
        Assert.Equal(["first", "middle", "last"], _order);
        Assert.Same(Own.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Terminate_runs_it()
    {
        var system = ActorSystem.Create("terminate", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceUnbind, "ran");
        await system.Terminate().WaitAsync(Patient);
        Assert.Equal(["ran"], _order);
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task It_runs_once()
    {
        var system = ActorSystem.Create("once", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseServiceUnbind, "ran");
        var runs = new[] { shutdown.Run(Own.Instance), shutdown.Run(Own.Instance), system.Terminate() };
        await Task.WhenAll(runs).WaitAsync(Patient);
        Assert.Equal(["ran"], _order);
    }

    [Fact]
    public async Task A_task_that_fails_or_hangs_does_not_hold_up_the_rest()
    {
        var system = ActorSystem.Create("faulty", """
            akka.loglevel = OFF
            akka.coordinated-shutdown.phases.service-unbind.timeout = 100ms
            """);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind, "fails",
            () => throw new InvalidOperationException("as told"));
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind, "hangs", () => new TaskCompletionSource<Done>().Task);
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, "after");
        await shutdown.Run(Own.Instance).WaitAsync(Patient);
        await system.WhenTerminated.WaitAsync(Patient);
        Assert.Equal(["after"], _order);
    }

    [Fact]
    public async Task Actors_are_still_there_while_the_phases_before_the_last_run()
    {
        var system = ActorSystem.Create("alive", "akka.loglevel = OFF");
        var actor = system.ActorOf(Props.Create<Answering>());
        string? answer = null;
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "ask",
            async () =>
            {
                answer = await actor.Ask<string>("there?", Patient);
                return Done.Instance;
            });
        await system.Terminate().WaitAsync(Patient);
        Assert.Equal("there?", answer);
    }

    [Fact]
    public async Task A_phase_must_be_known_and_may_have_a_time_of_its_own()
    {
        var system = ActorSystem.Create("unknown", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.ThrowsAny<Exception>(() => Add(shutdown, "no-such-phase", "x"));
        Assert.Equal(TimeSpan.FromSeconds(5), shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromSeconds(10), shutdown.Timeout(CoordinatedShutdown.PhaseActorSystemTerminate));
        await system.Terminate().WaitAsync(Patient);
    }

    private void Add(CoordinatedShutdown shutdown, string phase, string name) => shutdown.AddTask(phase, name, () =>
    {
        _order.Enqueue(name);
        return Task.FromResult(Done.Instance);
    });

    private sealed class Own : CoordinatedShutdown.Reason
    {
        public static readonly Own Instance = new();
    }

    private sealed class Answering : ReceiveActor
    {
        public Answering() => ReceiveAny(message => Sender.Tell(message));
    }
}
