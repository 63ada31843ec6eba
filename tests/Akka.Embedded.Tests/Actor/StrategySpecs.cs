using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>How strategies and deciders are made, and what they say of themselves.</summary>
public sealed class StrategySpecs : AkkaSpec
{
    [Fact]
    public void A_strategy_holds_its_limits_and_its_decider()
    {
        var decider = new LocalOnlyDecider(_ => Directive.Resume);
        var one = new OneForOneStrategy(3, TimeSpan.FromSeconds(2), decider);
        var all = new AllForOneStrategy(3, TimeSpan.FromSeconds(2), decider);
        Assert.Equal((3, 2000), (one.MaxNumberOfRetries, one.WithinTimeRangeMilliseconds));
        Assert.Equal((3, 2000), (all.MaxNumberOfRetries, all.WithinTimeRangeMilliseconds));
        Assert.Same(decider, one.Decider);
        var more = one.WithMaxNrOfRetries(5);
        Assert.Equal((5, 2000), (more.MaxNumberOfRetries, more.WithinTimeRangeMilliseconds));
        Assert.Equal(Directive.Resume, more.Decider.Decide(new IOException()));
    }

    [Fact]
    public void What_is_not_limited_is_less_than_zero()
    {
        var strategy = new OneForOneStrategy(_ => Directive.Stop);
        Assert.Equal((-1, -1), (strategy.MaxNumberOfRetries, strategy.WithinTimeRangeMilliseconds));
        var nulls = new OneForOneStrategy(null, null, _ => Directive.Stop);
        Assert.Equal((-1, -1), (nulls.MaxNumberOfRetries, nulls.WithinTimeRangeMilliseconds));
    }

    [Fact]
    public void A_decider_of_types_holds_its_pairs_and_a_default()
    {
        var decider = new DeployableDecider(Directive.Escalate, Directive.Stop.When<IOException>());
        Assert.Equal(Directive.Escalate, decider.DefaultDirective);
        Assert.Equal(KeyValuePair.Create(typeof(IOException), Directive.Stop), Assert.Single(decider.Pairs));
        Assert.Equal(Directive.Stop, decider.Decide(new FileNotFoundException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new ArgumentException()));
    }

    [Fact]
    public void The_default_strategy_and_the_stopping_one_can_be_named()
    {
        var failure = new IOException();
        Assert.Equal(Directive.Restart, SupervisorStrategy.DefaultStrategy.Decider.Decide(failure));
        Assert.Equal(Directive.Restart, new DefaultSupervisorStrategy().Create().Decider.Decide(failure));
        Assert.Equal(Directive.Stop, SupervisorStrategy.StoppingStrategy.Decider.Decide(failure));
        Assert.Equal(Directive.Stop, new StoppingSupervisorStrategy().Create().Decider.Decide(failure));
    }

    [Fact]
    public void A_strategy_of_ones_own_may_decide_by_the_child_and_log_in_its_own_way()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)));
        parent.Tell("fragile");
        var fragile = ExpectMsg<IActorRef>();
        Watch(fragile);
        fragile.Tell("fail");
        ExpectMsg("fragile failed: Stop");
        ExpectTerminated(fragile);
        parent.Tell("sturdy");
        var sturdy = ExpectMsg<IActorRef>();
        sturdy.Tell("fail");
        ExpectMsg("sturdy failed: Resume");
        sturdy.Tell("hello");
        ExpectMsg("hello");
    }

    private sealed class OwnStrategy : OneForOneStrategy
    {
        private readonly IActorRef _test;

        public OwnStrategy(IActorRef test)
            : base(SupervisorStrategy.DefaultDecider)
        {
            _test = test;
            LoggingEnabled = false;
        }

        protected override Directive Handle(IActorRef child, Exception exception) =>
            child.Path.Name == "fragile" ? Directive.Stop : Directive.Resume;

        protected override void LogFailure(
            IActorContext context, IActorRef child, Exception cause, Directive directive)
        {
            _test.Tell($"{child.Path.Name} failed: {directive}");
            base.LogFailure(context, child, cause, directive);
        }
    }

    private sealed class Parent(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Child(test)), (string)message));

        protected override SupervisorStrategy SupervisorStrategy() => new OwnStrategy(test);
    }

    private sealed class Child(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new IOException("as told");
            test.Tell(message);
        }
    }
}
