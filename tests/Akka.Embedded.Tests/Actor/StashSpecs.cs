using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class StashSpecs : AkkaSpec
{
    [Fact]
    public void Stashed_messages_come_back_in_their_order_and_before_the_others()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open");
        actor.Tell(3);
        ExpectMsg("open");
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(3);
    }

    [Fact]
    public void A_stashed_message_keeps_its_sender()
    {
        var probe = CreateTestProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        probe.Send(actor, 1);
        actor.Tell("open");
        probe.ExpectMsg("got 1");
    }

    [Fact]
    public void Unstash_gives_back_the_oldest_alone()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("one");
        ExpectMsg("one");
        ExpectMsg(1);
        actor.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void A_restart_gives_the_stash_back_to_the_mailbox()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("fail");
        actor.Tell("open");
        ExpectMsg("open");
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void What_is_stashed_at_the_end_becomes_dead_letters()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell(1);
        EventFilter.DeadLetter<int>().ExpectOne(() => actor.Tell(PoisonPill.Instance));
    }

    [Fact]
    public void A_message_cannot_be_stashed_twice()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell("twice");
        ExpectMsg("refused");
    }

    [Fact]
    public void A_message_that_comes_twice_can_be_stashed_twice()
    {
        object one = 1;
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        actor.Tell(one);
        actor.Tell(one);
        actor.Tell("open");
        ExpectMsg("open");
        ExpectMsg(1);
        ExpectMsg(1);
    }

    [Fact]
    public void Thousands_of_messages_come_back_in_their_order()
    {
        const int count = 5000;
        var actor = Sys.ActorOf(Props.Create(() => new Stashing(TestActor)));
        for (var i = 0; i < count; i++)
            actor.Tell(i);
        actor.Tell("open");
        ExpectMsg("open");
        Assert.Equal(Enumerable.Range(0, count), ReceiveN(count).Cast<int>());
    }

    private sealed class Stashing : ReceiveActor, IWithUnboundedStash
    {
        private readonly IActorRef _test;

        public Stashing(IActorRef test)
        {
            _test = test;
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(text => text == "count", _ => test.Tell(Stash.Count));
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                Assert.Throws<IllegalActorStateException>(Stash.Stash);
                test.Tell("refused");
            });
            Receive<string>(text =>
            {
                test.Tell(text);
                if (text == "one")
                {
                    BecomeStacked(() => Receive<int>(TakeOne));
                    Stash.Unstash();
                    return;
                }

                Become(Open);
                Stash.UnstashAll();
            });
            Receive<int>(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;

        private void Open() => Receive<int>(number =>
        {
            _test.Tell(number);
            if (!Sender.Equals(_test))
                Sender.Tell($"got {number}");
        });

        private void TakeOne(int number)
        {
            _test.Tell(number);
            UnbecomeStacked();
        }
    }
}
