using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class AsyncHandlerSpecs : AkkaSpec
{
    [Fact]
    public void No_other_message_is_handled_before_an_asynchronous_handler_is_done()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        actor.Tell(gate.Task);
        actor.Tell("next");
        ExpectMsg("waiting");
        ExpectNoMsg(Moment);
        gate.SetResult();
        ExpectMsg("waited");
        ExpectMsg("next");
    }

    [Fact]
    public void The_context_is_there_after_an_await()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        var probe = CreateTestProbe();
        probe.Send(actor, 3);
        probe.ExpectMsg($"3 {actor.Path.Name}");
        Assert.Equal(actor, probe.LastSender);
        probe.Send(actor, 500);
        probe.ExpectMsg($"500 {actor.Path.Name}");
    }

    [Fact]
    public void A_failure_after_an_await_is_the_supervisors()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        EventFilter.Exception<FormatException>().ExpectOne(() => actor.Tell(new FormatException()));
        ExpectMsg("restarted after FormatException");
        actor.Tell("next");
        ExpectMsg("next");
    }

    [Fact]
    public void A_failure_before_the_first_await_is_the_supervisors_too()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        EventFilter.Exception<ArgumentException>().ExpectOne(() => actor.Tell(new ArgumentException("x")));
        ExpectMsg("restarted after ArgumentException");
        actor.Tell("next");
        ExpectMsg("next");
    }

    [Fact]
    public void An_actor_can_be_stopped_while_it_awaits()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        Watch(actor);
        actor.Tell(gate.Task);
        ExpectMsg("waiting");
        Sys.Stop(actor);
        ExpectTerminated(actor);
        gate.SetResult();
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_task_without_handler_type_runs_in_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Running(TestActor)));
        for (var i = 0; i < 100; i++)
            actor.Tell(i);
        for (var i = 0; i < 100; i++)
            ExpectMsg(i);
    }

    private sealed class Slow : ReceiveActor
    {
        private readonly IActorRef _test;

        public Slow(IActorRef test)
        {
            _test = test;
            ReceiveAsync<Task>(async task =>
            {
                test.Tell("waiting");
                await task;
                test.Tell("waited");
            });
            ReceiveAsync<int>(async number =>
            {
                for (var i = 0; i < number; i++)
                    await Task.Yield();
                Sender.Tell($"{number} {Self.Path.Name}");
            });
            ReceiveAsync<Exception>(fault => fault is ArgumentException, fault => throw fault);
            ReceiveAsync<Exception>(async fault =>
            {
                await Task.Yield();
                throw fault;
            });
            Receive<string>(text => test.Tell(text));
        }

        protected override void PreRestart(Exception reason, object message)
        {
            _test.Tell($"restarted after {message.GetType().Name}");
            base.PreRestart(reason, message);
        }
    }

    private sealed class Running(IActorRef test) : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            await Task.Yield();
            test.Tell(message);
        });
    }
}
