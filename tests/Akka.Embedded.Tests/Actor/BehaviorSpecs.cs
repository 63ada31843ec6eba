using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class BehaviorSpecs : AkkaSpec
{
    [Fact]
    public void The_first_handler_that_fits_gets_the_message()
    {
        var actor = Sys.ActorOf(Props.Create<Choosing>());
        actor.Tell(5);
        ExpectMsg("small");
        actor.Tell(50);
        ExpectMsg("any int");
        actor.Tell("text");
        ExpectMsg("string");
        actor.Tell(1.5);
        ExpectMsg("anything");
    }

    [Fact]
    public void A_handler_that_refuses_passes_the_message_on()
    {
        var actor = Sys.ActorOf(Props.Create<Refusing>());
        actor.Tell(1);
        ExpectMsg("first");
        actor.Tell(2);
        ExpectMsg("second");
    }

    [Fact]
    public void What_nobody_handles_is_published_as_unhandled()
    {
        var actor = Sys.ActorOf(Props.Create<Refusing>());
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        actor.Tell("unknown");
        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal("unknown", unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
        Assert.Equal(TestActor, unhandled.Sender);
    }

    [Fact]
    public void No_handler_can_follow_one_that_takes_everything()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() => Sys.ActorOf(Props.Create<TooMany>()));
    }

    [Fact]
    public void Become_replaces_and_BecomeStacked_can_be_taken_back()
    {
        var actor = Sys.ActorOf(Props.Create<Mood>());
        Says(actor, "?", "calm");
        actor.Tell("anger");
        Says(actor, "?", "angry");
        actor.Tell("rage");
        Says(actor, "?", "raging");
        actor.Tell("relax");
        Says(actor, "?", "angry");
    }

    [Fact]
    public void A_restart_begins_with_the_first_behavior()
    {
        var actor = Sys.ActorOf(Props.Create<Mood>());
        actor.Tell("anger");
        actor.Tell(new InvalidOperationException("too much"));
        Says(actor, "?", "calm");
    }

    [Fact]
    public void An_untyped_actor_changes_its_behavior_by_methods()
    {
        var actor = Sys.ActorOf(Props.Create<Switching>());
        Says(actor, "?", "off");
        actor.Tell("switch");
        Says(actor, "?", "on");
        actor.Tell("switch");
        Says(actor, "?", "off");
    }

    private void Says(IActorRef actor, object question, object answer)
    {
        actor.Tell(question);
        ExpectMsg(answer);
    }

    private sealed class Choosing : ReceiveActor
    {
        public Choosing()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small"));
            Receive<int>(_ => Sender.Tell("any int"));
            var type = typeof(string);
            Receive(type, _ => Sender.Tell("string"));
            ReceiveAny(_ => Sender.Tell("anything"));
        }
    }

    private sealed class Refusing : ReceiveActor
    {
        public Refusing()
        {
            Receive<int>(number =>
            {
                if (number != 1)
                    return false;
                Sender.Tell("first");
                return true;
            });
            Receive<int>(_ => Sender.Tell("second"));
        }
    }

    private sealed class TooMany : ReceiveActor
    {
        public TooMany()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }

    private sealed class Mood : ReceiveActor
    {
        public Mood()
        {
            Receive<string>(text => text == "?", _ => Sender.Tell("calm"));
            Receive<string>(_ => Become(Angry));
        }

        private void Angry()
        {
            Receive<string>(text => text == "?", _ => Sender.Tell("angry"));
            Receive<string>(text => text == "rage", _ => BecomeStacked(Raging));
            Receive<Exception>(fault => throw fault);
        }

        private void Raging()
        {
            Receive<string>(text => text == "?", _ => Sender.Tell("raging"));
            Receive<string>(_ => UnbecomeStacked());
        }
    }

    private sealed class Switching : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "switch")
                Become(On);
            else
                Sender.Tell("off");
        }

        private void On(object message)
        {
            if (message is "switch")
                Become(OnReceive);
            else
                Sender.Tell("on");
        }
    }
}
