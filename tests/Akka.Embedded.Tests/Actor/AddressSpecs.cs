using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class AddressSpecs : AkkaSpec
{
    [Fact]
    public void An_address_names_protocol_and_system_and_perhaps_a_host()
    {
        var local = new Address("akka", "some");
        var global = new Address("akka.tcp", "some", "host", 2552);
        Assert.Equal(("akka", "some", null, null), (local.Protocol, local.System, local.Host, local.Port));
        Assert.Equal(("host", 2552), (global.Host, global.Port));
        Assert.True(local is { HasLocalScope: true, HasGlobalScope: false });
        Assert.True(global is { HasLocalScope: false, HasGlobalScope: true });
        Assert.Equal("akka://some", local.ToString());
        Assert.Equal("akka.tcp://some@host:2552", global.ToString());
    }

    [Fact]
    public void Addresses_are_compared_by_what_they_name()
    {
        var one = new Address("akka", "one");
        var same = new Address("akka", "one");
        var two = new Address("akka", "two");
        Assert.True(one.Equals(same) && one == same && one != two);
        Assert.True(one.CompareTo(two) < 0 && two.CompareTo(one) > 0);
        Assert.Equal(0, one.CompareTo(same));
    }

    [Fact]
    public void A_path_is_made_of_its_address_and_its_names()
    {
        var root = new RootActorPath(new Address("akka", "some"));
        var child = new ChildActorPath(root / "user", "a", 7);
        Assert.Equal(new Address("akka", "some"), child.Address);
        Assert.Equal(root, child.Root);
        Assert.Equal(0, root.Depth);
        Assert.Equal(2, child.Depth);
        Assert.Equal("user/a", ActorPath.FormatPathElements(child.Elements));
        Assert.Equal("/user/a", child.ToStringWithoutAddress());
        Assert.Equal(child, root / new[] { "user", "a" });
    }

    [Fact]
    public void A_uid_tells_incarnations_apart_but_not_paths()
    {
        var root = new RootActorPath(new Address("akka", "some"));
        var path = root / "user" / "a";
        var lived = path.WithUid(7);
        Assert.Equal(7, lived.Uid);
        Assert.Equal("akka://some/user/a#7", lived.ToStringWithUid());
        Assert.Equal("akka://some/user/a#7", lived.ToSerializationFormat());
        Assert.Equal("akka://some/user/a", lived.ToStringWithAddress());
        Assert.True(path.Equals(lived) && path == lived && path != root);
    }

    [Fact]
    public void Paths_have_an_order()
    {
        var root = new RootActorPath(new Address("akka", "some"));
        Assert.True((root / "a").CompareTo(root / "b") < 0);
        Assert.True((root / "b").CompareTo(root / "a") > 0);
        Assert.Equal(0, (root / "a").CompareTo(root / "a"));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b_c.*$+:@&=,!~';()", true)]
    [InlineData("", false)]
    [InlineData("$a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    public void Only_some_characters_make_a_name(string name, bool valid)
    {
        Assert.Equal(valid, ActorPath.IsValidPathElement(name));
        Assert.DoesNotContain(' ', ActorPath.ValidSymbols);
    }

    [Fact]
    public void Text_may_be_a_path_or_not()
    {
        Assert.True(ActorPath.TryParse("akka://some/user/a", out var path));
        Assert.Equal("a", path!.Name);
        Assert.False(ActorPath.TryParse("no path", out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse("no path"));
    }

    [Fact]
    public void References_are_compared_by_path_and_incarnation()
    {
        var a = Sys.ActorOf<Silent>("a");
        var b = Sys.ActorOf<Silent>("b");
        Assert.True(a.Equals(a) && !a.Equals(b));
        Assert.True(a.CompareTo(b) < 0 && b.CompareTo(a) > 0);
        Assert.Equal(0, a.CompareTo((object)a));
    }

    [Fact]
    public void Nobody_swallows_what_it_is_told_and_gives_way_to_somebody()
    {
        IActorRef nobody = ActorRefs.Nobody;
        nobody.Tell("lost");
        Assert.True(nobody.IsNobody() && ((IActorRef?)null).IsNobody() && !TestActor.IsNobody());
        Assert.Same(Nobody.Instance, nobody);
        Assert.Equal(TestActor, nobody.GetOrElse(() => TestActor));
        Assert.Equal(TestActor, TestActor.GetOrElse(() => nobody));
        Assert.Null(ActorRefs.NoSender);
    }

    [Fact]
    public void A_selection_knows_where_it_starts_and_where_it_leads()
    {
        var a = Sys.ActorOf<Silent>("a");
        Assert.Equal("/user/a", Sys.ActorSelection("/user/a").PathString);
        var below = Sys.ActorSelection(a, "b/c");
        Assert.Equal(a, below.Anchor);
        Assert.Equal("/b/c", below.PathString);
    }

    [Fact]
    public void Forward_keeps_the_sender()
    {
        var forwarder = Sys.ActorOf(Props.Create(() => new Forwarder(TestActor)));
        var probe = CreateTestProbe();
        forwarder.Tell("hello", probe);
        ExpectMsg("hello");
        Assert.Equal(probe.Ref, LastSender);
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Forwarder(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Forward(message);
    }
}
