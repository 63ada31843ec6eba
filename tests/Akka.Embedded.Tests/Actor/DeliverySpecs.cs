using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>What can be relied on between two actors, and what becomes of messages that arrive nowhere.</summary>
public sealed class DeliverySpecs() : AkkaSpec("akka.actor.ask-timeout = 50ms")
{
    [Fact]
    public void Messages_from_one_actor_to_another_keep_their_order()
    {
        var receiver = Sys.ActorOf(Props.Create(() => new Sorting(TestActor, 4)));
        for (var i = 0; i < 4; i++)
            Sys.ActorOf(Props.Create(() => new Counting(receiver)));
        for (var i = 0; i < 4; i++)
            ExpectMsg("in order");
    }

    [Fact]
    public void A_failed_actor_handles_nothing_until_its_supervisor_has_decided()
    {
        using var decided = new ManualResetEventSlim();
        var parent = Sys.ActorOf(Props.Create(() => new Deliberating(TestActor, decided)));
        parent.Tell("child");
        var child = ExpectMsg<IActorRef>();
        child.Tell("fail");
        ExpectMsg("deciding");
        child.Tell("after");
        ExpectNoMsg(Moment);
        decided.Set();
        ExpectMsg("after");
    }

    [Fact]
    public void Terminated_comes_after_all_that_the_actor_sent()
    {
        var subject = Sys.ActorOf(Props.Create(() => new Farewell(TestActor)));
        Watch(subject);
        subject.Tell("end");
        for (var i = 0; i < 100; i++)
            ExpectMsg(i);
        ExpectMsg("PostStop");
        ExpectTerminated(subject);
    }

    [Fact]
    public void Restarts_count_anew_once_the_window_is_over()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Windowed()));
        parent.Tell("child");
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        for (var i = 0; i < 3; i++)
        {
            child.Tell("fail");
            child.Tell("alive");
            ExpectMsg("alive");
            var failed = Sys.Scheduler.MonotonicClock;
            AwaitCondition(() => Sys.Scheduler.MonotonicClock - failed > TimeSpan.FromMilliseconds(50));
        }
    }

    [Fact]
    public void What_lies_in_the_mailbox_at_the_end_becomes_dead_letters_in_its_order()
    {
        Sys.EventStream.Subscribe<DeadLetter>(TestActor);
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Waiting(gate.Task)));
        actor.Tell("wait");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("first");
        actor.Tell("second");
        gate.SetResult();
        Assert.Equal("first", ExpectMsg<DeadLetter>().Message);
        Assert.Equal("second", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Letters_that_ask_for_it_are_suppressed()
    {
        Sys.EventStream.Subscribe<AllDeadLetters>(TestActor);
        Sys.DeadLetters.Tell(new Quiet());
        var letter = ExpectMsg<SuppressedDeadLetter>();
        Assert.IsType<Quiet>(letter.Message);
        Assert.Equal(Sys.DeadLetters, letter.Recipient);
    }

    [Fact]
    public void A_letter_says_from_whom_it_was_and_to_whom()
    {
        AllDeadLetters[] letters =
        [
            new DeadLetter("m", TestActor, Sys.DeadLetters),
            new SuppressedDeadLetter(new Quiet(), TestActor, Sys.DeadLetters),
            new UnhandledMessage("m", TestActor, Sys.DeadLetters),
            new Dropped("m", "no room", TestActor, Sys.DeadLetters)
        ];
        foreach (var letter in letters)
        {
            Assert.Equal(TestActor, letter.Sender);
            Assert.Equal(Sys.DeadLetters, letter.Recipient);
            Assert.Same(letter.Message, WrappedMessage.Unwrap(letter));
        }

        Assert.Equal("no room", ((Dropped)letters[3]).Reason);
    }

    [Fact]
    public async Task A_question_without_a_time_of_its_own_has_that_of_the_configuration()
    {
        var silent = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("hello"));
    }

    [Fact]
    public void Null_is_no_message()
    {
        Assert.Throws<ArgumentNullException>(() => TestActor.Tell(null!));
        Assert.Throws<InvalidMessageException>(() => Sys.DeadLetters.Tell(null!));
    }

    private sealed record Quiet : IDeadLetterSuppression;

    private sealed class Counting : UntypedActor
    {
        public Counting(IActorRef receiver)
        {
            for (var i = 0; i < 1000; i++)
                receiver.Tell(i);
        }

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Sorting(IActorRef test, int senders) : UntypedActor
    {
        private readonly Dictionary<IActorRef, int> _next = [];

        protected override void OnReceive(object message)
        {
            var expected = _next.GetValueOrDefault(Sender);
            if (!Equals(message, expected) || _next.Count > senders)
                test.Tell($"{message} in the place of {expected}");
            _next[Sender] = expected + 1;
            if (expected == 999)
                test.Tell("in order");
        }
    }

    private sealed class Failing(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("as told");
            test.Tell(message);
        }
    }

    private sealed class Deliberating(IActorRef test, ManualResetEventSlim decided) : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Failing(test))));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            test.Tell("deciding");
            decided.Wait();
            return Directive.Resume;
        });
    }

    private sealed class Windowed : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Sender.Tell(Context.ActorOf(Props.Create(() => new Failing(Sender))));

        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(1, TimeSpan.FromMilliseconds(5), _ => Directive.Restart);
    }

    private sealed class Farewell(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < 100; i++)
                test.Tell(i);
            Context.Stop(Self);
        }

        protected override void PostStop() => test.Tell("PostStop");
    }

    private sealed class Waiting(Task gate) : UntypedActor
    {
        protected override void OnReceive(object message) => gate.Wait();
    }
}
