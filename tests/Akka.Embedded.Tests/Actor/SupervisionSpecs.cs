using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class SupervisionSpecs : AkkaSpec
{
    [Fact]
    public void Resume_keeps_the_state_and_goes_on_with_the_next_message()
    {
        var child = Supervised(new OneForOneStrategy(_ => Directive.Resume));
        Count(child, 1);
        child.Tell(new FormatException());
        Count(child, 2);
    }

    [Fact]
    public void Restart_begins_with_a_new_state()
    {
        var child = Supervised(new OneForOneStrategy(_ => Directive.Restart));
        Count(child, 1);
        child.Tell(new FormatException());
        Count(child, 1);
    }

    [Fact]
    public void Stop_ends_the_child()
    {
        var child = Supervised(new OneForOneStrategy(_ => Directive.Stop));
        Watch(child);
        child.Tell(new FormatException());
        ExpectTerminated(child);
    }

    [Fact]
    public void Escalate_fails_the_parent_and_its_supervisor_decides()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate))));
        var child = Child(parent, "a");
        Watch(child);
        child.Tell(new FormatException());
        // The guardian restarts the parent, and a parent that restarts stops its children.
        ExpectTerminated(child);
        Count(Child(parent, "a"), 1);
    }

    [Fact]
    public void OneForOne_leaves_the_siblings_alone()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Restart))));
        var (failing, sibling) = (Child(parent, "a"), Child(parent, "b"));
        Count(failing, 1);
        Count(sibling, 1);
        failing.Tell(new FormatException());
        Count(failing, 1);
        Count(sibling, 2);
    }

    [Fact]
    public void AllForOne_restarts_the_siblings_too()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new AllForOneStrategy(_ => Directive.Restart))));
        var (failing, sibling) = (Child(parent, "a"), Child(parent, "b"));
        Count(failing, 1);
        Count(sibling, 1);
        failing.Tell(new FormatException());
        Count(failing, 1);
        // The restart is on its way when the failed child answers, and comes before this message or after it.
        AwaitAssert(() =>
        {
            sibling.Tell("peek");
            ExpectMsg(0);
        });
    }

    [Fact]
    public void AllForOne_stops_the_siblings_too()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new AllForOneStrategy(_ => Directive.Stop))));
        var (failing, sibling) = (Child(parent, "a"), Child(parent, "b"));
        Watch(sibling);
        failing.Tell(new FormatException());
        ExpectTerminated(sibling);
    }

    [Fact]
    public void More_restarts_than_allowed_stop_the_child()
    {
        var child = Supervised(new OneForOneStrategy(2, TimeSpan.FromMinutes(10), _ => Directive.Restart));
        Watch(child);
        child.Tell(new FormatException());
        child.Tell(new FormatException());
        Count(child, 1);
        child.Tell(new FormatException());
        ExpectTerminated(child);
    }

    [Fact]
    public void No_retries_at_all_stop_the_child_at_its_first_failure()
    {
        var child = Supervised(new OneForOneStrategy(0, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        Watch(child);
        child.Tell(new FormatException());
        ExpectTerminated(child);
    }

    [Fact]
    public void A_decider_can_be_made_of_types()
    {
        var decider = Decider.From(
            Directive.Restart, Directive.Resume.When<FormatException>(), Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new FormatException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Restart, decider.Decide(new InvalidOperationException()));
        var child = Supervised(new OneForOneStrategy(decider));
        Count(child, 1);
        child.Tell(new FormatException());
        Count(child, 2);
    }

    [Fact]
    public void The_default_decider_restarts_what_is_no_matter_of_life_and_death()
    {
        Assert.Equal(Directive.Restart, SupervisorStrategy.DefaultDecider.Decide(new FormatException()));
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(new DeathPactException(TestActor)));
    }

    [Fact]
    public void The_strategy_of_the_Props_serves_an_actor_that_has_none()
    {
        var parent = Sys.ActorOf(Props.Create<Plain>().WithSupervisorStrategy(
            new OneForOneStrategy(_ => Directive.Resume)));
        var child = Child(parent, "a");
        Count(child, 1);
        child.Tell(new FormatException());
        Count(child, 2);
    }

    [Fact]
    public void A_failure_in_the_hook_before_a_restart_does_not_stop_the_restart()
    {
        var child = Sys.ActorOf(Props.Create<BadGoodbye>());
        EventFilter.Exception<PreRestartException>().ExpectOne(() => child.Tell(new FormatException()));
        Count(child, 1);
    }

    [Fact]
    public void A_failure_in_the_hook_after_a_restart_stops_the_child_by_default()
    {
        var child = Sys.ActorOf(Props.Create<BadStart>());
        Watch(child);
        EventFilter.Exception<PostRestartException>().ExpectOne(() => child.Tell(new FormatException()));
        ExpectTerminated(child);
    }

    [Fact]
    public void An_actor_that_fails_to_come_back_is_tried_again_when_its_supervisor_says_so()
    {
        var failures = new Failures { Left = 3 };
        var parent = Sys.ActorOf(Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Restart))));
        parent.Tell(Props.Create(() => new Reluctant(failures)));
        var child = ExpectMsg<IActorRef>();
        Count(child, 1);
        failures.Left = 3;
        child.Tell(new FormatException());
        Count(child, 1);
        Assert.Equal(0, failures.Left);
    }

    [Fact]
    public async Task An_actor_started_while_its_system_ends_ends_with_it()
    {
        for (var i = 0; i < 50; i++)
        {
            var system = ActorSystem.Create("ending", "akka { loglevel = OFF, stdout-loglevel = OFF }");
            var started = Task.Run(() =>
            {
                try
                {
                    while (true)
                        system.ActorOf(Props.Create<Plain>());
                }
                catch (InvalidOperationException)
                {
                    // The guardian takes no more children.
                }
            });
            await system.Terminate().WaitAsync(Patient);
            await started.WaitAsync(Patient);
        }
    }

    [Fact]
    public void A_restarted_parent_that_keeps_its_children_restarts_them()
    {
        var parent = Sys.ActorOf(Props.Create<Keeping>());
        var child = Child(parent, "a");
        Count(child, 1);
        parent.Tell(new FormatException());
        AwaitAssert(() =>
        {
            child.Tell("peek");
            ExpectMsg(0);
        });
        Assert.Equal(child, Child(parent, "a"));
    }

    private IActorRef Supervised(SupervisorStrategy strategy) =>
        Child(Sys.ActorOf(Props.Create(() => new Supervisor(strategy))), "a");

    private IActorRef Child(IActorRef parent, string name)
    {
        parent.Tell(name);
        return ExpectMsg<IActorRef>();
    }

    private void Count(IActorRef child, int expected)
    {
        child.Tell("count");
        ExpectMsg(expected);
    }

    private class Plain : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception fault:
                    throw fault;
                case Props props:
                    Sender.Tell(Context.ActorOf(props));
                    break;
                case string name:
                    var child = Context.Child(name);
                    Sender.Tell(child.IsNobody() ? Context.ActorOf(Props.Create<Counter>(), name) : child);
                    break;
            }
        }
    }

    private sealed class Supervisor(SupervisorStrategy strategy) : Plain
    {
        protected override SupervisorStrategy SupervisorStrategy() => strategy;
    }

    private sealed class Keeping : Plain
    {
        protected override void PreRestart(Exception reason, object message)
        {
        }
    }

    private class Counter : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception fault:
                    throw fault;
                case "peek":
                    Sender.Tell(_count);
                    break;
                case "count":
                    Sender.Tell(++_count);
                    break;
            }
        }
    }

    private sealed class Failures
    {
        public int Left { get; set; }
    }

    private sealed class Reluctant : Counter
    {
        public Reluctant(Failures failures)
        {
            if (failures.Left > 0)
            {
                failures.Left--;
                throw new InvalidOperationException("not yet");
            }
        }
    }

    private sealed class BadGoodbye : Counter
    {
        protected override void PostStop() => throw new InvalidOperationException("no goodbye");
    }

    private sealed class BadStart : Counter
    {
        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("no new start");
    }
}
