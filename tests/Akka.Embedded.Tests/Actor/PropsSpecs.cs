using Akka.Actor;
using Akka.Dispatch;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class PropsSpecs : AkkaSpec
{
    [Fact]
    public void They_hold_type_arguments_and_strategy()
    {
        var strategy = new OneForOneStrategy(_ => Directive.Stop);
        var props = Props.Create(() => new Echo("a", 1)).WithSupervisorStrategy(strategy);
        Assert.Equal(typeof(Echo), props.Type);
        Assert.Equal(typeof(Echo).AssemblyQualifiedName, props.TypeName);
        Assert.Equal(["a", 1], props.Arguments);
        Assert.Same(strategy, props.SupervisorStrategy);
        Assert.Equal("some.dispatcher", props.WithDispatcher("some.dispatcher").Dispatcher);
    }

    [Fact]
    public void They_are_compared_by_what_they_hold()
    {
        Assert.True(Props.Create<Echo>("a", 1).Equals(Props.Create(() => new Echo("a", 1))));
        Assert.False(Props.Create<Echo>("a", 1).Equals(Props.Create<Tasked>(Task.CompletedTask)));
        Assert.Equal(new Props(typeof(Echo), ["a", 1]), Props.Create<Echo>("a", 1));
    }

    [Fact]
    public void A_producer_of_ones_own_makes_and_releases_the_instances()
    {
        var producer = new Producer(TestActor);
        var props = Props.CreateBy(producer);
        var actor = Sys.ActorOf(props);
        ExpectMsg("produced");
        actor.Tell("hello");
        ExpectMsg("made hello");
        Sys.Stop(actor);
        ExpectMsg("released");
        Assert.Equal(typeof(Echo), props.Type);
    }

    [Fact]
    public void Props_of_ones_own_may_make_the_instance_themselves()
    {
        var actor = Sys.ActorOf(new OwnProps());
        actor.Tell("hello");
        ExpectMsg("own hello");
    }

    [Fact]
    public async Task RunTask_holds_other_messages_back()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Tasked(gate.Task)));
        actor.Tell("wait");
        actor.Tell("next");
        gate.SetResult();
        ExpectMsg("waited");
        ExpectMsg("next");
        await gate.Task;
    }

    private sealed class Echo(string word, int number) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{word} {(number > 0 ? message : null)}");
    }

    private sealed class Producer(IActorRef test) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Echo);

        public ActorBase Produce()
        {
            test.Tell("produced", ActorRefs.NoSender);
            return new Echo("made", 1);
        }

        public void Release(ActorBase actor) => test.Tell("released", ActorRefs.NoSender);
    }

    private sealed class OwnProps() : Props(typeof(Echo), ["unused", 1])
    {
        public override ActorBase NewActor() => new Echo("own", 1);
    }

    private sealed class Tasked(Task gate) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not "wait")
            {
                Sender.Tell(message);
                return;
            }

            ActorTaskScheduler.RunTask(async () =>
            {
                await gate;
                Sender.Tell("waited");
            });
        }
    }
}
