namespace Akka.Persistence.Sql.Journal;

/// <summary>An event as the journal table holds it; the time is in .NET ticks, UTC.</summary>
internal sealed record JournalRow(
    string PersistenceId,
    long SequenceNumber,
    long Created,
    byte[] Message,
    string Manifest,
    int? Identifier,
    string? WriterUuid)
{
    public IReadOnlyCollection<string> Tags { get; init; } = [];
}
