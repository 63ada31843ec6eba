using Akka.Persistence.Journal;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Makes rows of events and events of rows, with the serializer that is bound to the event's type.</summary>
internal sealed class EventSerializer(PayloadSerializer payloads)
{
    private readonly string _writerUuid = Guid.NewGuid().ToString("N");

    public JournalRow ToRow(IPersistentRepresentation @event, long now)
    {
        var tagged = @event.Payload as Tagged?;
        var (bytes, manifest, identifier) = payloads.ToBytes(tagged?.Payload ?? @event.Payload);
        return new JournalRow(
            @event.PersistenceId,
            @event.SequenceNr,
            @event.Timestamp == 0 ? now : @event.Timestamp,
            bytes,
            manifest,
            identifier,
            _writerUuid)
        {
            Tags = tagged is { } t ? t.Tags.ToList() : []
        };
    }

    public Persistent FromRow(JournalRow row)
    {
        try
        {
            return new Persistent(
                payloads.FromBytes(row.Message, row.Identifier, row.Manifest),
                row.SequenceNumber,
                row.PersistenceId,
                row.Manifest,
                writerGuid: row.WriterUuid,
                timestamp: row.Created);
        }
        catch (Exception fault)
        {
            throw new SqlStoreException(
                $"Event {row.SequenceNumber} of {row.PersistenceId} cannot be read: {fault.Message}", fault);
        }
    }
}
