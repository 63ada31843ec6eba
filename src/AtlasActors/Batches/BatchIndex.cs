using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Hosting;

namespace AtlasActors.Batches;

internal static class IndexMessages
{
    /// <summary>Lists a new batch; <see cref="BatchListed"/> is the reply, when it is written.</summary>
    public sealed record ListBatch(BatchId Batch);

    /// <summary>A batch has its place in this journal.</summary>
    public sealed record BatchListed(BatchId Batch);

    /// <summary>Told to the parent: these are the batches of this journal, oldest first.</summary>
    public sealed record IndexRead(IReadOnlyList<BatchId> Batches);

    /// <summary>Told to the parent: the journal can't be read or written.</summary>
    public sealed record IndexBroken(string Message);
}

/// <summary>Which batches there are in this journal; what they are, each knows itself.</summary>
internal sealed class BatchIndex : UntypedPersistentActor
{
    private readonly List<BatchId> _batches = [];

    public BatchIndex(JournalPlugins plugins) => (JournalPluginId, SnapshotPluginId) = plugins;

    public override string PersistenceId => "batch-index";

    public static Props Props(JournalPlugins plugins) => Akka.Actor.Props.Create(() => new BatchIndex(plugins));

    protected override void OnCommand(object message)
    {
        if (message is not IndexMessages.ListBatch list)
        {
            Unhandled(message);
            return;
        }
        Persist(new IndexMessages.BatchListed(list.Batch), listed =>
        {
            _batches.Add(listed.Batch);
            Sender.Tell(listed);
        });
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case IndexMessages.BatchListed listed: _batches.Add(listed.Batch); break;
            case RecoveryCompleted: Context.Parent.Tell(new IndexMessages.IndexRead([.. _batches])); break;
            default: throw new NotSupportedException($"The index holds no {message.GetType().Name}.");
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Context.Parent.Tell(new IndexMessages.IndexBroken($"The journal cannot be written: {cause.Message}"));

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Context.Parent.Tell(new IndexMessages.IndexBroken($"The journal cannot be read: {reason.Message}"));
}
