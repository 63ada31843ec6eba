using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>Where the embedded part keeps what Akka.NET 1.5.30 forgets.</summary>
public sealed class StopDuringFailedStartSpecs() : AkkaSpec("akka.loglevel = OFF")
{
    [Fact]
    public void An_actor_stopped_before_its_failed_start_is_tried_again_stays_stopped()
    {
        using var lingering = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor, lingering)).WithDispatcher(CallingThread));
        // All of it runs in this thread, but for the grandchild's end: the stop and then the restart are handled.
        parent.Tell("start a child");
        lingering.Set();
        ExpectMsg("made");
        ExpectMsg("ended");
        ExpectNoMsg(Moment);
    }

    private const string CallingThread = "akka.test.calling-thread-dispatcher";

    private sealed class Parent(IActorRef test, ManualResetEventSlim lingering) : UntypedActor
    {
        private IActorRef? _child;

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            Context.System.Stop(_child!);
            return Directive.Restart;
        });

        protected override void OnReceive(object message)
        {
            if (message is Terminated)
            {
                test.Tell("ended");
                return;
            }

            _child = Context.ActorOf(
                Props.Create(() => new Child(test, lingering, Self)).WithDispatcher(CallingThread));
            Context.Watch(_child);
        }
    }

    private sealed class Child : UntypedActor
    {
        private readonly ManualResetEventSlim _lingering;

        public Child(IActorRef test, ManualResetEventSlim lingering, IActorRef parent)
        {
            _lingering = lingering;
            test.Tell("made", parent);
        }

        protected override void PreStart()
        {
            Context.ActorOf(Props.Create(() => new Lingering(_lingering)));
            throw new InvalidOperationException("cannot start");
        }

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Lingering(ManualResetEventSlim lingering) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => lingering.Wait(Patient);
    }
}
