using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace ExistingAkkaSystem;

/// <summary>Have these made for a customer's order.</summary>
public sealed record OrderPictures(string Order, BatchDefinition Pictures);

/// <summary>The shop's own event, in the shop's own journal.</summary>
public sealed record PicturesOrdered(string Order);

/// <summary>
/// An actor of the shop's own: it orders pictures by a message and is told by messages how that goes. The order's number
/// is the batch's id, so that an order which is placed again, after a crash at whatever moment, is the same batch.
/// </summary>
public sealed class Studio : ReceivePersistentActor
{
    private readonly HashSet<string> _orders = [];
    private readonly IActorRef _atlas;
    private readonly Action<bool> _end;

    /// <param name="atlas"><c>/user/atlas</c>.</param>
    /// <param name="end">Told once, when there is nothing more to wait for: whether all pictures are there.</param>
    public Studio(IActorRef atlas, Action<bool> end)
    {
        (_atlas, _end) = (atlas, end);
        Recover<PicturesOrdered>(ordered => _orders.Add(ordered.Order));
        Command<OrderPictures>(Order);
        Command<BatchView>(batch => _atlas.Tell(new BatchQueries.WatchBatch(batch.Id)));
        Command<BatchNotice.JobMoved>(moved => Console.WriteLine($"{moved.Job.Name}: {moved.Job.Stage}"));
        Command<BatchNotice.PhaseChanged>(Tell);
        Command<Status.Failure>(refused =>
        {
            Console.WriteLine($"AtlasActors says: {refused.Cause.Message}");
            End(isAllThere: false);
        });
    }

    public override string PersistenceId => "studio";

    public static Props Props(IActorRef atlas, Action<bool> end) =>
        Akka.Actor.Props.Create(() => new Studio(atlas, end));

    private void Order(OrderPictures order)
    {
        if (_orders.Contains(order.Order))
        {
            Console.WriteLine($"{order.Order} was placed before.");
            Place(order);
            return;
        }
        Persist(new PicturesOrdered(order.Order), ordered =>
        {
            Console.WriteLine($"{ordered.Order} is new.");
            _orders.Add(ordered.Order);
            Place(order);
        });
    }

    private void Place(OrderPictures order) =>
        _atlas.Tell(new BatchCommands.StartBatch(order.Pictures, Id: BatchId.Parse(order.Order)));

    private void Tell(BatchNotice.PhaseChanged changed)
    {
        var batch = changed.Batch;
        var there = batch.Count(JobStage.Succeeded);
        Console.WriteLine($"{batch.Phase}: {there} of {batch.Total} are there, USD {batch.Money.Charged} spent.");
        if (changed.IsRest) End(there == batch.Total);
    }

    private void End(bool isAllThere)
    {
        _end(isAllThere);
        Context.Stop(Self);
    }
}
