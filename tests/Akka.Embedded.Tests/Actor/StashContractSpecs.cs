using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>What a stash tells of itself, and the ways of emptying it.</summary>
public sealed class StashContractSpecs : AkkaSpec
{
    [Fact]
    public void A_stash_tells_how_full_it_is()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeping()));
        actor.Tell("describe");
        ExpectMsg("0, empty True, not empty False, full False, unlimited True");
        actor.Tell(1);
        actor.Tell("describe");
        ExpectMsg("1, empty False, not empty True, full False, unlimited True");
    }

    [Fact]
    public void What_does_not_fit_the_predicate_is_forgotten()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeping()));
        Tell(actor, 1, 2, 3, 4, "even");
        ExpectMsg(2);
        ExpectMsg(4);
        actor.Tell("describe");
        ExpectMsg("0, empty True, not empty False, full False, unlimited True");
    }

    [Fact]
    public void A_cleared_stash_hands_out_its_envelopes_and_takes_them_back_in_front()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeping()));
        Tell(actor, 1, 2, "clear");
        ExpectMsg("cleared 2, left 0, first 1 from test");
        Tell(actor, 3, "prepend", "all");
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(3);
    }

    [Fact]
    public void The_base_classes_have_a_stash()
    {
        foreach (var props in new[] { Props.Create<WithStash>(), Props.Create<WithUnboundedStash>() })
        {
            var actor = Sys.ActorOf(props);
            Tell(actor, "kept", "go");
            ExpectMsg("go");
            ExpectMsg("kept");
        }
    }

    [Fact]
    public void A_stash_can_be_made_by_hand()
    {
        var actor = Sys.ActorOf(Props.Create<ByHand>());
        Tell(actor, "a", "b", "c", "go");
        ExpectMsg("3");
        ExpectMsg("c");
        ExpectMsg("b");
        ExpectMsg("a");
    }

    private void Tell(IActorRef actor, params object[] messages)
    {
        foreach (var message in messages)
            actor.Tell(message, TestActor);
    }

    private sealed class Keeping : UntypedActor, IWithUnboundedStash
    {
        private Envelope[] _cleared = [];
        private bool _open;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "describe":
                    Sender.Tell($"{Stash.Count}, empty {Stash.IsEmpty}, not empty {Stash.NonEmpty}, "
                        + $"full {Stash.IsFull}, unlimited {Stash.Capacity <= 0}");
                    break;
                case "even":
                    _open = true;
                    Stash.UnstashAll(envelope => (int)envelope.Message % 2 == 0);
                    break;
                case "clear":
                    _cleared = [.. Stash.ClearStash()];
                    var sender = _cleared[0].Sender.Equals(Sender) ? "test" : "another";
                    Sender.Tell($"cleared {_cleared.Length}, left {Stash.Count}, "
                        + $"first {_cleared[0].Message} from {sender}");
                    break;
                case "prepend":
                    Stash.Prepend(_cleared.Select(one => new Envelope(one.Message, one.Sender)));
                    break;
                case "all":
                    _open = true;
                    Stash.UnstashAll();
                    break;
                default:
                    if (_open)
                        Sender.Tell(message);
                    else
                        Stash.Stash();
                    break;
            }
        }
    }

    private sealed class WithStash : UntypedActorWithStash
    {
        private bool _open;

        protected override void OnReceive(object message) => StashUntilGo(Stash, ref _open, message, Sender);
    }

    private sealed class WithUnboundedStash : UntypedActorWithUnboundedStash
    {
        private bool _open;

        protected override void OnReceive(object message) => StashUntilGo(Stash, ref _open, message, Sender);
    }

    private static void StashUntilGo(IStash stash, ref bool open, object message, IActorRef sender)
    {
        open |= message is "go";
        if (!open)
        {
            stash.Stash();
            return;
        }

        sender.Tell(message);
        stash.UnstashAll();
    }

    private sealed class ByHand : UntypedActor, IWithUnboundedStash
    {
        private readonly IStash[] _made;
        private int _kept;
        private bool _open;

        public ByHand() =>
            _made = [Context.CreateStash<ByHand>(), Context.CreateStash(this), Context.CreateStash(GetType())];

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (_open)
            {
                Sender.Tell(message);
            }
            else if (message is "go")
            {
                _open = true;
                Sender.Tell($"{_made.Sum(stash => stash.Count)}");
                foreach (var stash in _made)
                    stash.UnstashAll();
            }
            else
            {
                _made[_kept++].Stash();
            }
        }
    }
}
