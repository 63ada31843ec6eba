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
        Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor("").Tell("open");
        StartsAndRecovers();
        var permitter = Sys.ActorSelection("/system/recoveryPermitter");
        permitter.Tell(Word("RequestRecoveryPermit", 1), TestActor);
        Assert.Equal("RecoveryPermitGranted", ExpectMsg<object>().GetType().Name);
        var late = Sys.ActorOf(Props.Create(() => new Teller(TestActor)));
        ExpectMsg("instance");
        late.Tell(Word("RecoveryPermitGranted", int.MaxValue));
        permitter.Tell(Word("ReturnRecoveryPermit"), TestActor);
        ExpectMsg("recovered");
        // Had it taken that permit, its own would now be given to nobody, and nobody else would ever recover.
        StartsAndRecovers();
    }

    private void StartsAndRecovers()
    {
        Sys.ActorOf(Props.Create(() => new Teller(TestActor)));
        ExpectMsg("instance");
        ExpectMsg("recovered");
    }

    /// <summary>What only actors and the permitter say to each other.</summary>
    private static object Word(string name, params object[] content) =>
        Activator.CreateInstance(typeof(UntypedPersistentActor).Assembly.GetType("Akka.Persistence." + name, throwOnError: true)!, content)!;

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
