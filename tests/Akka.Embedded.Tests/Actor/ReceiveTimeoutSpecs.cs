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
