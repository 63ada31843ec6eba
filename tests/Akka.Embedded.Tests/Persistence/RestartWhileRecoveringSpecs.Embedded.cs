using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>
/// An actor that is restarted in the midst of its recovery. Akka.NET 1.5.30 loses its permit, and shows it what its
/// last instance had asked for.
/// </summary>
public sealed class RestartWhileRecoveringSpecs() : AkkaSpec(Hocon)
{
    private const string Hocon = UnreliableJournal.Hocon + """

        akka.loglevel = OFF
        akka.persistence.max-concurrent-recoveries = 1
        akka.persistence.journal.unreliable.silent = true
        """;

    [Fact]
    public void It_keeps_its_permit_and_is_told_its_own_past_only()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Restarting(TestActor)));
        ExpectMsg("instance");
        parent.Tell("kill");
        ExpectMsg("instance");
        // Only now does the journal answer, to both.
        Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor("").Tell("open");
        ExpectMsg("recovered");
        parent.Tell("a command");
        ExpectMsg("a command");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void It_takes_no_second_place_among_those_that_wait()
    {
        var first = Sys.ActorOf(Props.Create(() => new Restarting(TestActor)));
        ExpectMsg("instance");
        var second = Sys.ActorOf(Props.Create(() => new Restarting(TestActor)));
        ExpectMsg("instance");
        second.Tell("kill");
        ExpectMsg("instance");
        Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor("").Tell("open");
        ExpectMsg("recovered");
        ExpectMsg("recovered");
        var third = Sys.ActorOf(Props.Create(() => new Restarting(TestActor)));
        ExpectMsg("instance");
        ExpectMsg("recovered");
        foreach (var actor in new[] { first, second, third })
        {
            actor.Tell("a command");
            ExpectMsg("a command");
        }
    }

    [Fact]
    public void A_permit_that_an_earlier_instance_had_asked_for_is_not_taken_for_its_own()
    {
        var permitter = Akka.Persistence.Persistence.Instance.Apply(Sys).RecoveryPermitter;
        Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor("").Tell("open");
        permitter.Tell(new RequestRecoveryPermit(1), TestActor);
        ExpectMsg<RecoveryPermitGranted>();
        var late = Sys.ActorOf(Props.Create(() => new Teller(TestActor)));
        ExpectMsg("instance");
        late.Tell(new RecoveryPermitGranted(int.MaxValue));
        permitter.Tell(ReturnRecoveryPermit.Instance, TestActor);
        ExpectMsg("recovered");
        // A permit given back that was not held would have left its own to nobody.
        Sys.ActorOf(Props.Create(() => new Teller(TestActor)));
        ExpectMsg("instance");
        ExpectMsg("recovered");
    }

    /// <summary>Passes on to its persistent child, and restarts it whatever ends it.</summary>
    private sealed class Restarting : UntypedActor
    {
        private readonly IActorRef _child;

        public Restarting(IActorRef test) => _child = Context.ActorOf(Props.Create(() => new Teller(test)));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) =>
            _child.Forward(message is "kill" ? Kill.Instance : message);
    }

    private sealed class Teller : UntypedPersistentActor
    {
        private readonly IActorRef _test;

        public Teller(IActorRef test)
        {
            _test = test;
            test.Tell("instance");
        }

        public override string PersistenceId => Self.Path.ToString();

        protected override void OnCommand(object message) => _test.Tell(message);

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted)
                _test.Tell("recovered");
        }
    }
}
