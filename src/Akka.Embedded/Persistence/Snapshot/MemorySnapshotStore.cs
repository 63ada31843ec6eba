namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store that lives as long as its actor system. For tests.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly List<SelectedSnapshot> _snapshots = [];

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var latest = _snapshots
            .Where(s => Meets(s.Metadata, persistenceId, criteria))
            .MaxBy(s => s.Metadata.SequenceNr);
        return Task.FromResult(latest!);
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        _snapshots.RemoveAll(s => IsSame(s.Metadata, metadata));
        _snapshots.Add(new SelectedSnapshot(metadata, snapshot));
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        _snapshots.RemoveAll(s => IsSame(s.Metadata, metadata));
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        _snapshots.RemoveAll(s => Meets(s.Metadata, persistenceId, criteria));
        return Task.CompletedTask;
    }

    private static bool IsSame(SnapshotMetadata one, SnapshotMetadata other) =>
        one.PersistenceId == other.PersistenceId && one.SequenceNr == other.SequenceNr;

    private static bool Meets(SnapshotMetadata metadata, string persistenceId, SnapshotSelectionCriteria criteria) =>
        metadata.PersistenceId == persistenceId && criteria.IsMatch(metadata);
}
