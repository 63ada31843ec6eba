using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>
/// Finds out how many events the batches' journals have, without reading one of them, and ends. A journal that cannot be
/// read is left out of the answer: whoever goes on with the batch is told why.
/// </summary>
internal sealed class RevisionReader(JournalPlugins plugins, IReadOnlyList<BatchId> batches, IActorRef asker) : UntypedActor
{
    private readonly Dictionary<BatchId, long> _revisions = [];
    private int _awaited = batches.Count;

    public static Props Props(JournalPlugins plugins, IReadOnlyList<BatchId> batches, IActorRef asker) =>
        Akka.Actor.Props.Create(() => new RevisionReader(plugins, batches, asker));

    protected override void PreStart()
    {
        foreach (var batch in batches)
            Context.Watch(Context.ActorOf(Akka.Actor.Props.Create(() => new StreamEnd(plugins, batch)), $"end-of-{batch}"));
        EndIfDone();
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Read read:
                _revisions[read.Batch] = read.Revision;
                break;
            case Terminated:
                _awaited--;
                EndIfDone();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void EndIfDone()
    {
        if (_awaited > 0) return;
        asker.Tell(new SupervisorMessages.BatchRevisions(_revisions));
        Context.Stop(Self);
    }

    /// <summary>Recovers nothing but the highest number of its stream. It writes nothing.</summary>
    private sealed class StreamEnd : UntypedPersistentActor
    {
        private readonly BatchId _batch;

        public StreamEnd(JournalPlugins plugins, BatchId batch)
        {
            _batch = batch;
            (JournalPluginId, SnapshotPluginId) = plugins;
        }

        public override string PersistenceId => $"batch-{_batch}";

        public override Recovery Recovery => Recovery.None;

        protected override void OnRecover(object message)
        {
            if (message is not RecoveryCompleted) return;
            Context.Parent.Tell(new Read(_batch, LastSequenceNr));
            Context.Stop(Self);
        }

        protected override void OnCommand(object message) => Unhandled(message);

        protected override void OnRecoveryFailure(Exception reason, object? message = null)
        {
            // It ends, and its batch is left out.
        }
    }

    private sealed record Read(BatchId Batch, long Revision);
}
