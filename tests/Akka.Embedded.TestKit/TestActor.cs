using System.Threading.Channels;
using Akka.Actor;

namespace Akka.TestKit;

/// <summary>What a test actor can be told about itself.</summary>
public static class TestActor
{
    public delegate bool Ignore(object message);

    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    public class SetIgnore(Ignore? ignore) : INoSerializationVerificationNeeded
    {
        public Ignore? Ignore { get; } = ignore;
    }

    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToWatch;
    }

    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    internal sealed record Spawn(Props Props, string? Name) : INoSerializationVerificationNeeded;

    internal sealed record Changed : INoSerializationVerificationNeeded;
}

/// <summary>Puts what it receives where the test looks for it, in the thread of the sender.</summary>
internal sealed class InternalTestActor(ChannelWriter<MessageEnvelope> queue) : ActorBase
{
    private TestActor.Ignore? _ignore;
    private AutoPilot _pilot = NoAutoPilot.Instance;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore set:
                _ignore = set.Ignore;
                break;
            case TestActor.SetAutoPilot set:
                _pilot = set.AutoPilot;
                break;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                Sender.Tell(new TestActor.Changed(), Self);
                break;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                Sender.Tell(new TestActor.Changed(), Self);
                break;
            case TestActor.Spawn spawn:
                Sender.Tell(Context.ActorOf(spawn.Props, spawn.Name), Self);
                break;
            default:
                Take(message);
                break;
        }

        return true;
    }

    private void Take(object message)
    {
        var next = _pilot.Run(Sender, message);
        if (next is not KeepRunning)
            _pilot = next;
        if (_ignore?.Invoke(message) != true)
            queue.TryWrite(new RealMessageEnvelope(message, Sender));
    }
}

/// <summary>Handles messages in the thread that sends them.</summary>
public static class CallingThreadDispatcher
{
    public const string Id = "akka.test.calling-thread-dispatcher";
}
