using System.Threading.Channels;
using Akka.Actor;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>Brings a batch's notices from its coordinator to somebody who reads a channel.</summary>
internal sealed class NoticeFeed(ChannelWriter<BatchNotice> target, IActorRef supervisor, BatchId batch) : UntypedActor
{
    public static Props Props(ChannelWriter<BatchNotice> target, IActorRef supervisor, BatchId batch) =>
        Akka.Actor.Props.Create(() => new NoticeFeed(target, supervisor, batch));

    protected override void PreStart()
    {
        Context.Watch(supervisor);
        supervisor.Tell(new BatchQueries.WatchBatch(batch));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BatchNotice notice:
                target.TryWrite(notice);
                break;
            case Status.Failure failure:
                target.TryComplete(failure.Cause);
                break;
            case Terminated:
                target.TryComplete(new BatchException($"AtlasActors was stopped, and batch {batch} with it. It is resumable."));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => target.TryComplete();
}
