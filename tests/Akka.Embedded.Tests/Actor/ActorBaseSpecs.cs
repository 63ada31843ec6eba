using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>What an actor may override and call of its base, and what it finds in its context.</summary>
public sealed class ActorBaseSpecs : AkkaSpec
{
    [Fact]
    public void The_methods_around_the_hooks_may_be_overridden()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Wrapped(TestActor)));
        ExpectMsg("around PreStart");
        actor.Tell("hello");
        ExpectMsg("around hello");
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("fail"));
        ExpectMsg("around fail");
        ExpectMsg("around PreRestart fail");
        ExpectMsg("around PostRestart");
        Sys.Stop(actor);
        ExpectMsg("around PostStop");
    }

    [Fact]
    public void A_behavior_says_whether_it_takes_a_message()
    {
        Sys.EventStream.Subscribe<UnhandledMessage>(TestActor);
        var actor = Sys.ActorOf(Props.Create(() => new Switching(TestActor)));
        actor.Tell("first");
        ExpectMsg("base first");
        actor.Tell("stack");
        actor.Tell("second");
        ExpectMsg("stacked second");
        actor.Tell("back");
        actor.Tell("third");
        ExpectMsg("base third");
        actor.Tell("nothing");
        actor.Tell("lost");
        Assert.Equal("lost", ExpectMsg<UnhandledMessage>().Message);
    }

    [Fact]
    public void The_context_knows_props_sender_and_timeout_and_can_change_the_behavior()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Looking(TestActor)));
        actor.Tell("look");
        ExpectMsg(nameof(Looking));
        ExpectMsg(TestActor);
        ExpectMsg(Patient);
        actor.Tell("stack");
        actor.Tell("x");
        ExpectMsg("stacked x");
        actor.Tell("pop");
        actor.Tell("become");
        actor.Tell("y");
        ExpectMsg("became y");
    }

    [Fact]
    public void An_untyped_actor_may_stack_behaviors()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stacking(TestActor)));
        actor.Tell("a");
        ExpectMsg("top a");
        actor.Tell("pop");
        actor.Tell("b");
        ExpectMsg("bottom b");
    }

    [Fact]
    public void Handlers_for_everything_may_be_asynchronous()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AwaitingAll(TestActor)));
        actor.Tell("a");
        actor.Tell(1);
        ExpectMsg("a");
        ExpectMsg(1);
    }

    private sealed class Wrapped(IActorRef test) : UntypedActor
    {
        public override void AroundPreStart()
        {
            test.Tell("around PreStart");
            base.AroundPreStart();
        }

        public override void AroundPostStop()
        {
            test.Tell("around PostStop");
            base.AroundPostStop();
        }

        public override void AroundPreRestart(Exception cause, object message)
        {
            test.Tell($"around PreRestart {message}");
            // Without the base there is no PreRestart, and so no PostStop here.
        }

        public override void AroundPostRestart(Exception cause, object message)
        {
            test.Tell("around PostRestart");
        }

        protected override bool AroundReceive(Receive receive, object message)
        {
            test.Tell($"around {message}");
            return base.AroundReceive(receive, message);
        }

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("as told");
        }
    }

    private sealed class Switching(IActorRef test) : ActorBase
    {
        protected override bool Receive(object message)
        {
            switch (message)
            {
                case "stack": BecomeStacked(Stacked); return true;
                case "nothing": Become(EmptyReceive); return true;
                default: test.Tell($"base {message}"); return true;
            }
        }

        private bool Stacked(object message)
        {
            if (message is "back")
                UnbecomeStacked();
            else
                test.Tell($"stacked {message}");
            return true;
        }
    }

    private sealed class Looking(IActorRef test) : ActorBase
    {
        protected override bool Receive(object message)
        {
            switch (message)
            {
                case "look":
                    Context.SetReceiveTimeout(Patient);
                    test.Tell(Context.Props.Type.Name);
                    test.Tell(Context.Sender);
                    test.Tell(Context.ReceiveTimeout!.Value);
                    Context.SetReceiveTimeout(null);
                    return true;
                case "stack": Context.BecomeStacked(Telling("stacked")); return true;
                case "become": Context.Become(Telling("became")); return true;
                default: return false;
            }
        }

        private Receive Telling(string word) => message =>
        {
            if (message is "pop")
                Context.UnbecomeStacked();
            else
                test.Tell($"{word} {message}");
            return true;
        };
    }

    private sealed class Stacking : UntypedActor
    {
        private readonly IActorRef _test;

        public Stacking(IActorRef test)
        {
            _test = test;
            Become((UntypedReceive)(message => _test.Tell($"bottom {message}")));
            BecomeStacked(Top);
            Context.BecomeStacked(Top);
            UnbecomeStacked();
        }

        protected override void OnReceive(object message)
        {
        }

        private void Top(object message)
        {
            if (message is "pop")
                UnbecomeStacked();
            else
                _test.Tell($"top {message}");
        }
    }

    private sealed class AwaitingAll : ReceiveActor
    {
        public AwaitingAll(IActorRef test) => ReceiveAnyAsync(async message =>
        {
            await Task.Yield();
            test.Tell(message);
        });
    }
}
