using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class PathAndSelectionSpecs : AkkaSpec
{
    [Fact]
    public void A_path_names_the_system_and_the_places()
    {
        var actor = Sys.ActorOf(Props.Create<Parent>(), "parent");
        Assert.Equal("akka://test/user/parent", actor.Path.ToString());
        Assert.Equal("parent", actor.Path.Name);
        Assert.Equal("/user/parent", actor.Path.ToStringWithoutAddress());
        Assert.Equal(["user", "parent"], actor.Path.Elements);
        Assert.Equal(actor.Path, ActorPath.Parse("akka://test/user/parent"));
        Assert.Equal(actor.Path / "child", actor.Path.Child("child"));
        Assert.Equal(actor.Path, (actor.Path / "child").Parent);
        Assert.StartsWith("[akka://test/user/parent#", actor.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_actor_without_a_name_gets_one()
    {
        var first = Sys.ActorOf(Props.Create<Parent>());
        var second = Sys.ActorOf(Props.Create<Parent>());
        Assert.StartsWith("$", first.Path.Name, StringComparison.Ordinal);
        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public async Task A_selection_finds_by_absolute_path()
    {
        var parent = Sys.ActorOf(Props.Create<Parent>(), "parent");
        Assert.Equal(parent, await Sys.ActorSelection("/user/parent").ResolveOne(Patient));
        Assert.Equal(parent, await Sys.ActorSelection("akka://test/user/parent").ResolveOne(Patient));
        Assert.Equal(parent, await Sys.ActorSelection(parent.Path).ResolveOne(Patient));
        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => Sys.ActorSelection("/user/nobody").ResolveOne(Patient));
    }

    [Fact]
    public void A_selection_finds_children_siblings_and_patterns()
    {
        var parent = Sys.ActorOf(Props.Create<Parent>(), "parent");
        Sys.ActorOf(Props.Create<Parent>(), "sibling");
        foreach (var path in new[] { "a", "../sibling", "/user/parent/b" })
        {
            parent.Tell(path);
            Assert.Equal(path.Split('/')[^1], ExpectMsg<ActorIdentity>().Subject.Path.Name);
        }

        parent.Tell("*");
        var names = new[] { ExpectMsg<ActorIdentity>(), ExpectMsg<ActorIdentity>() }
            .Select(identity => identity.Subject.Path.Name).Order();
        Assert.Equal(["a", "b"], names);
    }

    [Fact]
    public void A_selection_without_an_actor_answers_so()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify(7), TestActor);
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal(7, identity.MessageId);
        Assert.Null(identity.Subject);
        EventFilter.DeadLetter<string>().ExpectOne(() => Sys.ActorSelection("/user/nobody").Tell("lost"));
    }

    [Fact]
    public void Every_actor_identifies_itself()
    {
        var actor = Sys.ActorOf(Props.Create<Parent>());
        actor.Tell(new Identify("who"));
        Assert.Equal(new ActorIdentity("who", actor), ExpectMsg<ActorIdentity>());
    }

    [Fact]
    public void Context_knows_its_children_by_name()
    {
        var parent = Sys.ActorOf(Props.Create<Parent>(), "parent");
        parent.Tell(1);
        ExpectMsg("a,b");
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent()
        {
            if (Self.Path.Name == "parent")
            {
                Context.ActorOf<Parent>("a");
                Context.ActorOf<Parent>("b");
            }

            Receive<string>(path => Context.ActorSelection(path).Tell(new Identify(path), Sender));
            Receive<int>(_ =>
            {
                Assert.True(Context.Child("c").IsNobody());
                Assert.Equal("a", Context.Child("a").Path.Name);
                Assert.Equal(Context.Parent.Path.Name, Self.Path.Parent.Name);
                Sender.Tell(string.Join(',', Context.GetChildren().Select(child => child.Path.Name).Order()));
            });
        }
    }
}
