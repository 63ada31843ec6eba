using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Event;

public sealed class EventStreamSpecs : AkkaSpec
{
    [Fact]
    public void A_subscriber_gets_what_is_of_its_type_or_below()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Publish(new Dog("a"));
        Sys.EventStream.Publish(new Stone());
        Sys.EventStream.Publish(new Cat("b"));
        Assert.Equal("a", ExpectMsg<Dog>().Name);
        Assert.Equal("b", ExpectMsg<Cat>().Name);
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_subscriber_can_leave_by_type_or_wholly()
    {
        Sys.EventStream.Subscribe<Dog>(TestActor);
        Sys.EventStream.Subscribe<Stone>(TestActor);
        Assert.True(Sys.EventStream.Unsubscribe<Dog>(TestActor));
        Sys.EventStream.Publish(new Dog("a"));
        Sys.EventStream.Publish(new Stone());
        ExpectMsg<Stone>();
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Stone());
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_second_subscription_to_the_same_changes_nothing()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Dog)));
        Sys.EventStream.Publish(new Dog("a"));
        ExpectMsg<Dog>();
        ExpectNoMsg(Moment);
    }

    [Fact]
    public void A_subscriber_that_ends_is_forgotten()
    {
        var subscriber = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Sys.EventStream.Subscribe(subscriber, typeof(Dog));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Watch(subscriber);
        Sys.Stop(subscriber);
        ExpectTerminated(subscriber);
        AwaitAssert(() =>
        {
            Sys.EventStream.Publish(new Dog("a"));
            ExpectNoMsg(Moment);
        });
    }

    [Fact]
    public void A_subscriber_to_dead_letters_that_has_ended_makes_no_more_of_them()
    {
        var subscriber = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Sys.EventStream.Subscribe(subscriber, typeof(AllDeadLetters));
        for (var i = 0; i < 1000; i++)
            subscriber.Tell(i);
        Sys.Stop(subscriber);
        for (var i = 0; i < 1000; i++)
            subscriber.Tell(i);
        Watch(subscriber);
        ExpectTerminated(subscriber);
    }

    [Fact]
    public void A_message_to_an_actor_that_has_ended_is_a_dead_letter()
    {
        var gone = Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props);
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        gone.Tell("late");
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal("late", letter.Message);
        Assert.Equal(gone, letter.Recipient);
        Assert.Equal(TestActor, letter.Sender);
    }

    private abstract record Animal(string Name);

    private sealed record Dog(string Name) : Animal(Name);

    private sealed record Cat(string Name) : Animal(Name);

    private sealed record Stone;
}
