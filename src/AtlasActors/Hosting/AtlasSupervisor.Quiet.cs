using Akka.Actor;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>Coordinators that nobody needs, who listens to all of them, and how far their journals are.</summary>
internal sealed partial class AtlasSupervisor
{
    private readonly Dictionary<BatchId, BatchRest> _rests = [];
    private IReadOnlyList<IActorRef> _listeners = [];

    /// <summary>From now on what is asked of it waits: it goes back to this one, or on to a successor.</summary>
    private void OnQuiet(CoordinatorReports.BatchQuiet quiet)
    {
        if (!_coordinators.TryGetValue(quiet.Batch, out var coordination) || !coordination.IsReady) return;
        coordination.IsReady = false;
        coordination.IsLeaving = true;
        coordination.Actor.Tell(new CoordinatorOrders.LeaveIfQuiet(quiet.Life));
    }

    private void OnStays(BatchId id)
    {
        if (!_coordinators.TryGetValue(id, out var coordination) || !coordination.IsLeaving) return;
        coordination.IsReady = true;
        coordination.IsLeaving = false;
        PassOn(coordination);
    }

    private void OnLeft(CoordinatorReports.BatchLeft left) => _rests[left.Batch] = left.Rest;

    /// <summary>What a coordinator cannot know from its journal.</summary>
    private void Brief(Coordination coordination)
    {
        coordination.Actor.Tell(new CoordinatorOrders.TellListeners(_listeners));
        if (_rests.Remove(coordination.Batch, out var rest))
            coordination.Actor.Tell(new CoordinatorOrders.RestAs(rest));
    }

    private void AddListener(IActorRef listener)
    {
        listener.Tell(new SupervisorMessages.Listening());
        Context.WatchWith(listener, new ListenerGone(listener));
        SetListeners([.. _listeners, listener]);
    }

    private void RemoveListener(IActorRef listener) =>
        SetListeners([.. _listeners.Where(one => !one.Equals(listener))]);

    private void SetListeners(IReadOnlyList<IActorRef> listeners)
    {
        _listeners = listeners;
        foreach (var coordination in _coordinators.Values)
            coordination.Actor.Tell(new CoordinatorOrders.TellListeners(listeners));
    }

    private void ReadRevisions() =>
        Context.ActorOf(RevisionReader.Props(_parts.Settings.Plugins, [.. _batches], Sender));

    private sealed record ListenerGone(IActorRef Listener) : INoSerializationVerificationNeeded;
}
