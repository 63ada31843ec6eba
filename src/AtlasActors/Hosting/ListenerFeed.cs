using System.Threading.Channels;
using Akka.Actor;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>Brings the notices of all batches to somebody who reads a channel.</summary>
internal sealed class ListenerFeed(
    ChannelWriter<BatchNotice> target, TaskCompletionSource listening, IActorRef supervisor) : UntypedActor
{
    public static Props Props(ChannelWriter<BatchNotice> target, TaskCompletionSource listening, IActorRef supervisor) =>
        Akka.Actor.Props.Create(() => new ListenerFeed(target, listening, supervisor));

    protected override void PreStart()
    {
        Context.Watch(supervisor);
        supervisor.Tell(new SupervisorMessages.Listen());
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BatchNotice notice: target.TryWrite(notice); break;
            case SupervisorMessages.Listening: listening.TrySetResult(); break;
            case Status.Failure failure: listening.TrySetException(failure.Cause); break;
            case Terminated: Context.Stop(Self); break;
            default: Unhandled(message); break;
        }
    }

    protected override void PostStop()
    {
        target.TryComplete();
        listening.TrySetException(new BatchException("AtlasActors was stopped."));
    }
}
