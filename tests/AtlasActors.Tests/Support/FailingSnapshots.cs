using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace AtlasActors.Tests.Support;

/// <summary>A snapshot store in memory that fails what a test names, until it is mended.</summary>
public sealed class FailingSnapshots : MemorySnapshotStore
{
    private FailSave? _order;

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case FailSave order: _order = order; break;
            case FailingJournal.Mend: _order = null; break;
            default: return false;
        }
        return true;
    }

    protected override async Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var isDue = _order is { } order && metadata.PersistenceId.StartsWith(order.Of, StringComparison.Ordinal);
        if (!isDue || _order!.IsSaved) await base.SaveAsync(metadata, snapshot);
        if (isDue) throw new IOException("The disk is gone.");
    }

    /// <summary>Snapshots of ids that begin so are not stored.</summary>
    /// <param name="Of">Whose snapshots.</param>
    /// <param name="IsSaved">Whether they are there all the same: only the answer fails.</param>
    public sealed record FailSave(string Of, bool IsSaved = false);
}
