using System.Globalization;
using System.Text;
using Akka.Actor;

namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store of one file for each snapshot, in the folder that <c>dir</c> names.</summary>
public class LocalSnapshotStore : SnapshotStore
{
    private readonly string _folder;
    private readonly PayloadSerializer _payloads;

    public LocalSnapshotStore()
    {
        var config = Persistence.Instance.Apply(Context.System).SnapshotStoreConfigFor(Self);
        _folder = config.GetString("dir", "snapshots");
        _payloads = new PayloadSerializer(Context.System.Serialization, null);
    }

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.Run(() =>
        {
            var latest = Stored(persistenceId)
                .Where(f => criteria.IsMatch(f.Metadata))
                .MaxBy(f => (f.Metadata.SequenceNr, f.Metadata.Timestamp));
            return latest is null ? null! : new SelectedSnapshot(latest.Metadata, Read(latest.File));
        });

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Task.Run(() =>
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, FileName(metadata));
        var unfinished = file + ".tmp";
        Write(unfinished, snapshot);
        File.Move(unfinished, file, overwrite: true);
    });

    protected override Task DeleteAsync(SnapshotMetadata metadata) =>
        Delete(metadata.PersistenceId, stored => stored.SequenceNr == metadata.SequenceNr);

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Delete(persistenceId, criteria.IsMatch);

    private Task Delete(string persistenceId, Predicate<SnapshotMetadata> chosen) => Task.Run(() =>
    {
        foreach (var (file, metadata) in Stored(persistenceId))
        {
            if (chosen(metadata))
                File.Delete(file);
        }
    });

    private static string FileName(SnapshotMetadata metadata) =>
        $"{Prefix(metadata.PersistenceId)}{metadata.SequenceNr}-{metadata.Timestamp.Ticks}";

    private static string Prefix(string persistenceId) => $"snapshot-{Uri.EscapeDataString(persistenceId)}-";

    private List<StoredSnapshot> Stored(string persistenceId)
    {
        var stored = new List<StoredSnapshot>();
        if (!Directory.Exists(_folder))
            return stored;
        foreach (var file in Directory.EnumerateFiles(_folder, Prefix(persistenceId) + "*"))
        {
            var parts = Path.GetFileName(file)[Prefix(persistenceId).Length..].Split('-');
            if (parts is [var a, var b] && TryNumber(a, out var number) && TryNumber(b, out var ticks))
            {
                var taken = new DateTime(ticks, DateTimeKind.Utc);
                stored.Add(new StoredSnapshot(file, new SnapshotMetadata(persistenceId, number, taken)));
            }
        }

        return stored;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private void Write(string file, object snapshot)
    {
        var (bytes, manifest, identifier) = _payloads.ToBytes(snapshot);
        using var stream = File.Create(file);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(identifier);
            writer.Write(manifest);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        stream.Flush(flushToDisk: true);
    }

    private object Read(string file)
    {
        using var reader = new BinaryReader(File.OpenRead(file), Encoding.UTF8);
        var identifier = reader.ReadInt32();
        var manifest = reader.ReadString();
        return _payloads.FromBytes(reader.ReadBytes(reader.ReadInt32()), identifier, manifest);
    }

    private sealed record StoredSnapshot(string File, SnapshotMetadata Metadata);
}
