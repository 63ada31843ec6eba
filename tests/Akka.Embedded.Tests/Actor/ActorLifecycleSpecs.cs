using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class ActorLifecycleSpecs : AkkaSpec
{
    [Fact]
    public void PreStart_runs_before_the_first_message_and_PostStop_after_the_last()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recording(TestActor)), "recorded");
        ExpectMsg("PreStart");
        actor.Tell("hello");
        ExpectMsg("hello");
        Sys.Stop(actor);
        ExpectMsg("PostStop");
    }

    [Fact]
    public void A_restart_calls_the_hooks_of_the_old_instance_and_then_of_the_new()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recording(TestActor)));
        ExpectMsg("PreStart");
        EventFilter.Exception<InvalidOperationException>("fail").ExpectOne(() => actor.Tell("fail"));
        ExpectMsg("PreRestart fail fail");
        ExpectMsg("PostStop");
        ExpectMsg("PostRestart fail");
        ExpectMsg("PreStart");
        actor.Tell("still the same reference");
        ExpectMsg("still the same reference");
    }

    [Fact]
    public void Messages_that_wait_survive_a_restart_and_the_failed_one_is_gone()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recording(TestActor)));
        ExpectMsg("PreStart");
        IgnoreMessages<string>(text => text.StartsWith('P'));
        actor.Tell("fail");
        actor.Tell("after");
        ExpectMsg("after");
    }

    [Fact]
    public void PoisonPill_stops_after_the_messages_before_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recording(TestActor)));
        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("three");
        ExpectMsg("PreStart");
        ExpectMsg("one");
        ExpectMsg("two");
        ExpectMsg("PostStop");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void Kill_makes_the_actor_fail_and_the_default_strategy_stops_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Recording(TestActor)));
        Watch(actor);
        EventFilter.Exception<ActorKilledException>().ExpectOne(() => actor.Tell(Kill.Instance));
        ExpectMsg("PreStart");
        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void An_actor_that_cannot_be_created_is_stopped()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
        {
            var actor = Sys.ActorOf(Props.Create<Unbearable>());
            Watch(actor);
            ExpectTerminated(actor);
        });
    }

    [Fact]
    public void An_actor_whose_PreStart_fails_is_stopped_without_PostStop()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailingStart(TestActor)));
        Watch(actor);
        ExpectTerminated(actor);
        Assert.False(HasMessages);
    }

    [Fact]
    public void An_actor_whose_restart_fails_has_PostStop_called_when_it_is_stopped()
    {
        var child = Sys.ActorOf(Props.Create(() => new BadRestart(TestActor)));
        Watch(child);
        child.Tell("fail");
        ExpectMsg("PostStop");
        ExpectMsg("PostStop");
        ExpectTerminated(child);
    }

    [Fact]
    public void Children_are_stopped_with_their_parent_and_before_it()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)), "parent");
        ExpectMsg("PreStart");
        Sys.Stop(parent);
        ExpectMsg("PostStop");
        ExpectMsg("parent stopped");
    }

    [Fact]
    public void A_name_is_free_again_once_its_actor_has_ended()
    {
        var first = Sys.ActorOf(Props.Create(() => new Recording(TestActor)), "name");
        var props = Props.Create(() => new Recording(TestActor));
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(props, "name"));
        Watch(first);
        Sys.Stop(first);
        FishForMessage(message => message is Terminated);
        IActorRef? second = null;
        AwaitAssert(() => second = Sys.ActorOf(Props.Create(() => new Recording(TestActor)), "name"));
        Assert.Equal(first.Path, second!.Path);
        Assert.NotEqual(first, second);
        ExpectMsg("PreStart");
    }

    [Theory]
    [InlineData("")]
    [InlineData("$dollar")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("sla/sh")]
    public void A_name_must_be_one(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Create<Unbearable>(), name));

    [Fact]
    public void An_actor_that_is_disposable_is_disposed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Disposing(TestActor)));
        Sys.Stop(actor);
        ExpectMsg("disposed");
    }

    private sealed class Recording(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("fail");
            test.Tell(message);
        }

        protected override void PreStart() => test.Tell("PreStart");

        protected override void PostStop() => test.Tell("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            test.Tell($"PreRestart {reason.Message} {message}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            test.Tell($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private sealed class Unbearable : ReceiveActor
    {
        public Unbearable() => throw new InvalidOperationException("not to be born");
    }

    private sealed class FailingStart(IActorRef test) : UntypedActor
    {
        protected override void PreStart() => throw new InvalidOperationException("no start");

        protected override void PostStop() => test.Tell("PostStop");

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef _test;

        public Parent(IActorRef test)
        {
            _test = test;
            Context.ActorOf(Props.Create(() => new Recording(test)), "child");
        }

        protected override void PostStop() => _test.Tell("parent stopped");

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Disposing(IActorRef test) : UntypedActor, IDisposable
    {
        public void Dispose() => test.Tell("disposed");

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class BadRestart(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message) => throw new FormatException();

        protected override void PostStop() => test.Tell("PostStop");

        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("no new start");
    }
}
