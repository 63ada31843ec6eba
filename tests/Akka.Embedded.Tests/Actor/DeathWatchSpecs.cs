using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class DeathWatchSpecs : AkkaSpec
{
    [Fact]
    public void The_end_of_a_watched_actor_is_told_once()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Watch(subject);
        Watch(subject);
        Sys.Stop(subject);
        Assert.True(ExpectTerminated(subject).ExistenceConfirmed);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void An_actor_that_has_ended_long_ago_is_told_as_ended()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        Watch(subject);
        Assert.False(ExpectTerminated(subject).ExistenceConfirmed);
    }

    [Fact]
    public void All_watchers_are_told()
    {
        var probes = Enumerable.Range(0, 5).Select(_ => CreateTestProbe()).ToArray();
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        foreach (var probe in probes)
            probe.Watch(subject);
        subject.Tell(PoisonPill.Instance);
        foreach (var probe in probes)
            probe.ExpectTerminated(subject);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_has_taken_its_watch_back_is_not_told_and_the_others_are(int gone)
    {
        var probes = Enumerable.Range(0, 3).Select(_ => CreateTestProbe()).ToArray();
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        foreach (var probe in probes)
            probe.Watch(subject);
        probes[gone].Unwatch(subject);
        var late = CreateTestProbe();
        late.Watch(subject);
        subject.Tell(PoisonPill.Instance);
        foreach (var probe in probes.Where((_, place) => place != gone).Append(late))
            probe.ExpectTerminated(subject);
        probes[gone].ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void WatchWith_tells_its_own_message()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchWith(subject, "gone"));
        ExpectMsg("done");
        Sys.Stop(subject);
        ExpectMsg("gone");
    }

    [Fact]
    public void Watching_anew_with_another_message_changes_nothing()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchWith(subject, "gone"));
        ExpectMsg("done");
        watcher.Tell(new WatchWith(subject, "other"));
        ExpectMsg("done");
        Sys.Stop(subject);
        ExpectMsg("gone");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void Unwatch_takes_back_even_what_lies_in_the_mailbox()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        var gate = new TaskCompletionSource();
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchWith(subject, "gone"));
        ExpectMsg("done");
        Watch(subject);
        watcher.Tell(new UnwatchOnceOpen(subject, gate.Task));
        Sys.Stop(subject);
        ExpectTerminated(subject);
        gate.SetResult();
        ExpectMsg("unwatched");
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_child_can_be_watched_and_is_gone_when_its_end_is_told()
    {
        var parent = Sys.ActorOf(Props.Create(() => new WatchingParent(TestActor)));
        parent.Tell("stop the child");
        ExpectMsg("no children left");
    }

    [Fact]
    public void Who_does_not_handle_the_end_of_a_watched_actor_ends_too()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchWith(subject, null));
        ExpectMsg("done");
        Watch(watcher);
        EventFilter.Exception<DeathPactException>().ExpectOne(() => Sys.Stop(subject));
        ExpectTerminated(watcher);
    }

    [Fact]
    public async Task GracefulStop_waits_for_the_end()
    {
        var subject = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Assert.True(await subject.GracefulStop(Patient));
        Assert.True(await subject.GracefulStop(Patient));
        var stubborn = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Assert.False(await stubborn.GracefulStop(Moment, "please"));
        Sys.Stop(stubborn);
        Assert.True(await stubborn.WatchAsync());
    }

    private sealed record WatchWith(IActorRef Subject, object? Message);

    private sealed record UnwatchOnceOpen(IActorRef Subject, Task Gate);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef test)
        {
            Receive<WatchWith>(watch =>
            {
                if (watch.Message is null)
                    Context.Watch(watch.Subject);
                else
                    Context.WatchWith(watch.Subject, watch.Message);
                test.Tell("done");
            });
            Receive<UnwatchOnceOpen>(unwatch =>
            {
                unwatch.Gate.Wait();
                Context.Unwatch(unwatch.Subject);
                test.Tell("unwatched");
            });
            Receive<string>(text => test.Tell(text));
        }
    }

    private sealed class WatchingParent : ReceiveActor
    {
        public WatchingParent(IActorRef test)
        {
            var child = Context.Watch(Context.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props, "child"));
            Receive<string>(_ => Context.Stop(child));
            Receive<Terminated>(_ => test.Tell(Context.GetChildren().Any() ? "children left" : "no children left"));
        }
    }
}
