using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class AskSpecs : AkkaSpec
{
    [Fact]
    public async Task Ask_gives_the_answer()
    {
        var actor = Sys.ActorOf(Props.Create<Answering>());
        Assert.Equal("re: hello", await actor.Ask<string>("hello", Patient));
        Assert.Equal("re: hello", await actor.Ask("hello"));
    }

    [Fact]
    public async Task A_question_without_an_answer_times_out()
    {
        var actor = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("hello", Moment));
    }

    [Fact]
    public async Task A_question_can_be_cancelled()
    {
        var actor = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        using var cancellation = new CancellationTokenSource();
        var answer = actor.Ask<string>("hello", Patient, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_failure_as_the_answer_is_thrown()
    {
        var actor = Sys.ActorOf(Props.Create<Answering>());
        var failure = new Status.Failure(new FormatException());
        await Assert.ThrowsAsync<FormatException>(() => actor.Ask<string>(failure, Patient));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_error()
    {
        var actor = Sys.ActorOf(Props.Create<Answering>());
        await Assert.ThrowsAsync<ArgumentException>(() => actor.Ask<int>("hello", Patient));
    }

    [Fact]
    public async Task A_message_can_hold_the_address_for_its_answer()
    {
        var actor = Sys.ActorOf(Props.Create<Answering>());
        var answer = await actor.Ask<string>(replyTo => new Question(replyTo), Patient, CancellationToken.None);
        Assert.Equal("to whom it asked", answer);
    }

    [Fact]
    public async Task A_second_answer_becomes_a_dead_letter()
    {
        var actor = Sys.ActorOf(Props.Create<Answering>());
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Assert.Equal("first", await actor.Ask<string>("twice", Patient));
        Assert.Equal("second", (await ExpectMsgAsync<DeadLetter>()).Message);
    }

    [Fact]
    public async Task PipeTo_brings_the_result_or_the_failure()
    {
        await Task.FromResult(42).PipeTo(TestActor);
        ExpectMsg(42);
        await Task.FromResult(42).PipeTo(TestActor, success: number => $"got {number}");
        ExpectMsg("got 42");
        await Task.FromException<int>(new FormatException()).PipeTo(TestActor);
        Assert.IsType<FormatException>(ExpectMsg<Status.Failure>().Cause);
        await Task.FromException<int>(new FormatException()).PipeTo(TestActor, failure: fault => fault.GetType().Name);
        ExpectMsg("FormatException");
        var probe = CreateTestProbe();
        await Task.FromResult(1).PipeTo(TestActor, probe.Ref);
        ExpectMsg(1);
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public async Task PipeTo_of_a_task_without_result_tells_success_only_when_asked_to()
    {
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        ExpectMsg("done");
        await Task.CompletedTask.PipeTo(TestActor);
        ExpectNoMsg(Moment);
        await Task.FromCanceled(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<OperationCanceledException>(ExpectMsg<Status.Failure>().Cause);
    }

    private sealed record Question(IActorRef ReplyTo);

    private sealed class Answering : ReceiveActor
    {
        public Answering()
        {
            Receive<string>(text => text == "twice", _ =>
            {
                Sender.Tell("first");
                Sender.Tell("second");
            });
            Receive<string>(text => Sender.Tell($"re: {text}"));
            Receive<Question>(question => question.ReplyTo.Tell("to whom it asked"));
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
