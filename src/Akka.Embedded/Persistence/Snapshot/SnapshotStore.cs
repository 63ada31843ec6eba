using Akka.Actor;

// Without annotations, as in Akka.NET: an override compiles with and without them.
#nullable disable annotations

namespace Akka.Persistence.Snapshot;

/// <summary>The base of snapshot stores: takes requests, calls the store, answers the actor that asked.</summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly PluginBreaker _breaker;

    protected SnapshotStore()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _breaker = new PluginBreaker(extension.SnapshotStoreConfigFor(Self));
    }

    /// <summary>The latest snapshot that meets the criteria, or null.</summary>
    protected abstract Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes one snapshot.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    /// <summary>Deletes all snapshots that meet the criteria.</summary>
    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Told what is not a snapshot store's, and outcomes before the actor that asked.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    protected sealed override bool Receive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                _ = Load(load, Sender, Self);
                return true;
            case SaveSnapshot save:
                Save(save.Metadata, save.Snapshot);
                return true;
            case DeleteSnapshot delete:
                Answer(
                    () => DeleteAsync(delete.Metadata),
                    new DeleteSnapshotSuccess(delete.Metadata),
                    fault => new DeleteSnapshotFailure(delete.Metadata, fault));
                return true;
            case DeleteSnapshots delete:
                Answer(
                    () => DeleteAsync(delete.PersistenceId, delete.Criteria),
                    new DeleteSnapshotsSuccess(delete.Criteria),
                    fault => new DeleteSnapshotsFailure(delete.Criteria, fault));
                return true;
            case ISnapshotResponse outcome:
                PassOn(outcome);
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private void Save(SnapshotMetadata asked, object snapshot)
    {
        var metadata = asked.Timestamp == DateTime.MinValue
            ? new SnapshotMetadata(asked.PersistenceId, asked.SequenceNr, DateTime.UtcNow)
            : asked;
        Answer(
            () => SaveAsync(metadata, snapshot),
            new SaveSnapshotSuccess(metadata),
            fault => new SaveSnapshotFailure(metadata, fault));
    }

    private void PassOn(ISnapshotResponse outcome)
    {
        try
        {
            ReceivePluginInternal(outcome);
            if (outcome is SaveSnapshotFailure failure)
                _ = RemoveRest(failure.Metadata);
        }
        finally
        {
            Sender.Tell(outcome);
        }
    }

    // From here on only what was handed over may be used: the actor goes on with its next message after an await.
#pragma warning disable CA1031 // Each fault is the answer to the actor that asked.
    private async Task Load(LoadSnapshot load, IActorRef asker, IActorRef self)
    {
        if (load.Criteria == SnapshotSelectionCriteria.None)
        {
            asker.Tell(new LoadSnapshotResult(null, load.ToSequenceNr) { ForInstance = load.ForInstance }, self);
            return;
        }

        try
        {
            var criteria = load.Criteria.Limit(load.ToSequenceNr);
            var snapshot = await _breaker.Call(() => LoadAsync(load.PersistenceId, criteria)).ConfigureAwait(false);
            asker.Tell(new LoadSnapshotResult(snapshot, load.ToSequenceNr) { ForInstance = load.ForInstance }, self);
        }
        catch (Exception fault)
        {
            asker.Tell(new LoadSnapshotFailed(fault) { ForInstance = load.ForInstance }, self);
        }
    }

    private void Answer(Func<Task> call, ISnapshotResponse success, Func<Exception, ISnapshotResponse> failure) =>
        _ = Answer(call, success, failure, Self, Sender);

    private async Task Answer(
        Func<Task> call,
        ISnapshotResponse success,
        Func<Exception, ISnapshotResponse> failure,
        IActorRef self,
        IActorRef asker)
    {
        var outcome = success;
        try
        {
            await _breaker.Call(call).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            outcome = failure(fault);
        }

        self.Tell(outcome, asker);
    }

    private async Task RemoveRest(SnapshotMetadata metadata)
    {
        try
        {
            await _breaker.Call(() => DeleteAsync(metadata)).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The actor hears of the failure that led here; half a snapshot that stays is never offered.
        }
    }
#pragma warning restore CA1031
}
