using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Akka.Persistence.Journal;
using Xunit;

namespace Akka.Embedded.Tests.Persistence.Sql;

/// <summary>What stands in the tables, so that a database moves between the two editions.</summary>
public sealed class SqliteTablesSpecs : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PersistentSystem _system;
    private readonly string _file;

    public SqliteTablesSpecs()
    {
        _file = _folder.File("tables.db");
        _system = new PersistentSystem(PersistentSystem.Sqlite(_file));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        _folder.Delete();
    }

    [Theory]
    [InlineData("journal", "ordering:INTEGER created:BIGINT deleted:BIT persistence_id:NVARCHAR(255) "
        + "sequence_number:BIGINT message:VARBINARY manifest:NVARCHAR(500) identifier:INTEGER "
        + "writer_uuid:NVARCHAR(128)")]
    [InlineData("tags", "ordering_id:INTEGER tag:NVARCHAR(64) sequence_nr:INTEGER persistence_id:NVARCHAR(255)")]
    [InlineData("snapshot", "persistence_id:NVARCHAR(255) sequence_number:BIGINT created:BIGINT snapshot:VARBINARY "
        + "manifest:NVARCHAR(500) serializer_id:INTEGER")]
    public async Task The_tables_are_those_of_the_default_mapping(string table, string columns)
    {
        await Persist(new Happened("one"));

        var found = Database.Rows(_file, $"SELECT name || ':' || upper(type) FROM pragma_table_info('{table}')");

        Assert.Equal(columns.Split(' ').Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_number_of_a_stream_can_be_written_once_only()
    {
        await Persist(new Happened("one"));

        var unique = Database.Rows(
            _file,
            "SELECT c.name FROM pragma_index_list('journal') i, pragma_index_info(i.name) c "
            + "WHERE i.\"unique\" = 1 AND i.name = 'journal_uq' ORDER BY c.seqno");

        Assert.Equal(["persistence_id", "sequence_number"], unique);
    }

    [Fact]
    public async Task A_row_holds_the_event_as_its_serializer_wrote_it()
    {
        var before = DateTime.UtcNow.Ticks;
        await Persist(new Happened("one"));

        var row = Database.Rows(
            _file,
            "SELECT ordering, deleted, persistence_id, sequence_number, manifest, identifier, length(writer_uuid) "
            + "FROM journal").Single();
        var created = Database.Rows(_file, "SELECT created FROM journal").Single();

        Assert.Equal("1|0|tables|1||1|32", row);
        Assert.InRange(long.Parse(created), before, DateTime.UtcNow.Ticks);
    }

    [Fact]
    public async Task Tags_stand_in_their_own_table_and_the_event_without_them_in_the_journal()
    {
        var actor = await Persist(new Happened("one"));
        actor.Tell((Action<Storyteller>)(a =>
            a.Persist(new Tagged(new Happened("two"), ["red", "green"]), _ => a.Note("tagged"))));
        await _system.Notes.Until("tagged");
        await PersistentSystem.Stop(actor);
        await _system.Notes.Until("stopped");

        Assert.Equal(
            ["2|green|2|tables", "2|red|2|tables"],
            Database.Rows(_file, "SELECT ordering_id, tag, sequence_nr, persistence_id FROM tags ORDER BY tag"));
        _system.Start("tables");
        Assert.Equal(["< one", "< two"], await _system.Notes.Next(2));
    }

    [Fact]
    public async Task Deletion_keeps_the_last_row_as_a_mark_and_takes_the_tags_away()
    {
        var actor = await Persist(new Happened("one"));
        actor.Tell((Action<Storyteller>)(a =>
            a.Persist(new Tagged(new Happened("two"), ["red"]), _ => a.DeleteMessages(2))));
        await _system.Notes.Until("> deleted to 2");

        Assert.Equal(["2|1"], Database.Rows(_file, "SELECT sequence_number, deleted FROM journal"));
        Assert.Empty(Database.Rows(_file, "SELECT * FROM tags"));
    }

    [Fact]
    public async Task A_snapshot_stands_with_its_number_and_time_in_ticks()
    {
        var before = DateTime.UtcNow.Ticks;
        var actor = await Persist(new Happened("one"));
        actor.Tell((Action<Storyteller>)(a => a.SaveSnapshot(new Told(["one"]))));
        await _system.Notes.Until("> saved 1");

        var row = Database.Rows(_file, "SELECT persistence_id, sequence_number, manifest, serializer_id FROM snapshot");
        var created = Database.Rows(_file, "SELECT created FROM snapshot").Single();

        Assert.Equal(["tables|1||1"], row);
        Assert.InRange(long.Parse(created), before, DateTime.UtcNow.Ticks);
    }

    private async Task<IActorRef> Persist(Happened happened)
    {
        var actor = _system.Start("tables");
        actor.Tell((Action<Storyteller>)(a => a.Persist(happened, a.Remember)));
        await _system.Notes.Until(happened.What);
        return actor;
    }
}
