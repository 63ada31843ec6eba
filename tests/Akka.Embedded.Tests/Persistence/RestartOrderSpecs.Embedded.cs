using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>Commands that waited for an event keep their order over a restart; in Akka.NET 1.5.30 one may fall back.</summary>
public sealed class RestartOrderSpecs() : AkkaSpec($"akka.loglevel = OFF\n{UnreliableJournal.Hocon}")
{
    [Fact]
    public void A_restart_between_an_event_and_the_next_command_keeps_the_order_of_commands()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Restarted(TestActor)));
        ExpectMsg("recovered");
        var journal = Akka.Persistence.Persistence.Instance.Apply(Sys).JournalFor("");
        journal.Tell("close");
        ExpectMsg("closed");
        foreach (var command in new[] { "persist", "first", "second", "third" })
            actor.Tell(command);
        // Only when all of them wait, the event is written.
        actor.Tell(new Identify("waiting"));
        ExpectMsg<ActorIdentity>();
        journal.Tell("open");
        ExpectMsg("recovered");
        ExpectMsg("first");
        ExpectMsg("second");
        ExpectMsg("third");
    }

    private sealed class Restarted(IActorRef test) : UntypedPersistentActor
    {
        public override string PersistenceId => "restarted";

        protected override void OnCommand(object message)
        {
            if (message is not "persist")
                test.Tell(message);
            else
                Persist(new Happened("event"), _ => Restart());
        }

        protected override void OnRecover(object message)
        {
            if (message is RecoveryCompleted)
                test.Tell("recovered");
        }

        /// <summary>As a supervisor does it: after this handler, and before the next command.</summary>
        private void Restart()
        {
            ((IInternalActorRef)Self).Suspend();
            ((IInternalActorRef)Self).Restart(new InvalidOperationException("restarted by another's fault"));
        }
    }
}
