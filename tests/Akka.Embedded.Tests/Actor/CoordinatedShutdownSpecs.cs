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

    [Fact]
    public async Task All_phases_run_in_their_order()
    {
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseServiceRequestsDone, CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseBeforeClusterShutdown, CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave, CoordinatedShutdown.PhaseClusterExiting,
            CoordinatedShutdown.PhaseClusterExitingDone, CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate, CoordinatedShutdown.PhaseActorSystemTerminate
        ];
        var system = ActorSystem.Create("all", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Same(system, shutdown.System);
        Assert.Same(shutdown, new CoordinatedShutdownExtension().Get(system));
        foreach (var phase in phases.Reverse())
            Add(shutdown, phase, phase);
        Assert.True(shutdown.TotalTimeout >= shutdown.Timeout(CoordinatedShutdown.PhaseServiceStop));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patient);
        Assert.Equal(phases, _order);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.NotEqual(
            CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    [Fact]
    public async Task The_tasks_of_a_phase_run_side_by_side()
    {
        var system = ActorSystem.Create("side-by-side", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        var met = new TaskCompletionSource<Done>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "waits", () => met.Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "comes", () =>
        {
            met.SetResult(Done.Instance);
            Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "added meanwhile");
            return Task.FromResult(Done.Instance);
        });
        await shutdown.Run(Own.Instance).WaitAsync(Patient);
        Assert.Equal(["added meanwhile"], _order);
    }

    [Fact]
    public async Task A_phase_that_does_not_recover_ends_the_run()
    {
        var system = ActorSystem.Create("strict", """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.coordinated-shutdown.phases.service-unbind.recover = off
            """);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind,
            "fails",
            () => Task.FromException<Done>(new IOException("as told")));
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, "not reached");
        await Assert.ThrowsAnyAsync<Exception>(() => shutdown.Run(Own.Instance).WaitAsync(Patient));
        Assert.Empty(_order);
        ((ExtendedActorSystem)system).Abort();
        await system.WhenTerminated.WaitAsync(Patient);
    }

    [Fact]
    public async Task It_can_begin_with_a_later_phase()
    {
        var system = ActorSystem.Create("later", "akka.loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind, "passed over");
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "ran");
        await shutdown.Run(Own.Instance, CoordinatedShutdown.PhaseServiceRequestsDone).WaitAsync(Patient);
        Assert.Equal(["ran"], _order);
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
