using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class ReceiveTimeoutSpecs : AkkaSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void It_comes_again_and_again_while_no_message_does()
    {
        Sys.ActorOf(Props.Create(() => new Idle(TestActor, Short)));
        ExpectMsg("idle");
        ExpectMsg("idle");
    }

    [Fact]
    public void It_ends_when_it_is_set_to_null()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, Short)));
        ExpectMsg("idle");
        actor.Tell("off");
        FishForMessage(message => message is "off");
        // One may have been in the mailbox.
        Assert.InRange(ReceiveWhile<object>(message => message, 10 * Short).Count, 0, 1);
    }

    [Fact]
    public void Messages_that_do_not_count_do_not_put_it_off()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Idle(TestActor, Short)));
        Sys.Scheduler.ScheduleTellRepeatedly(Short / 4, Short / 4, actor, new Quiet(), ActorRefs.NoSender);
        ExpectMsg("idle");
    }

    private sealed record Quiet : INotInfluenceReceiveTimeout;

    private sealed class Idle : ReceiveActor
    {
        public Idle(IActorRef test, TimeSpan timeout)
        {
            Context.SetReceiveTimeout(timeout);
            Receive<ReceiveTimeout>(_ => test.Tell("idle"));
            Receive<string>(text =>
            {
                Context.SetReceiveTimeout(null);
                test.Tell(text);
            });
            Receive<Quiet>(_ => { });
        }
    }
}

public sealed class ReceiveTimeoutClockSpecs() : AkkaSpec(VirtualTime)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private Akka.TestKit.TestScheduler Time => (Akka.TestKit.TestScheduler)Sys.Scheduler;

    [Fact]
    public void Only_messages_that_count_put_it_off()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Patiently(TestActor)));
        actor.Tell("begin");
        ExpectMsg("begin");
        Time.Advance(3 * Second);
        actor.Tell("counts");
        ExpectMsg("counts");
        Time.Advance(3 * Second);
        actor.Tell(new DoesNotCount());
        ExpectMsg<DoesNotCount>();
        ExpectNoMsg(Moment);
        Time.Advance(2 * Second);
        Assert.Same(ReceiveTimeout.Instance, ExpectMsg<ReceiveTimeout>());
    }

    private sealed record DoesNotCount : INotInfluenceReceiveTimeout;

    private sealed class Patiently(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "begin")
                SetReceiveTimeout(5 * Second);
            test.Tell(message);
        }
    }
}
