using System.Text;
using Akka.Actor;
using Akka.Embedded.Tests.Persistence.Support;
using Xunit;

namespace Akka.Embedded.Tests.Persistence.Sql;

/// <summary>A store that is broken says so in a sentence that names its file, to the actor that needs it.</summary>
public sealed class SqliteFaultSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Delete();

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        var file = _folder.File("notes.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("Dear diary, ", 1000)));
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        system.Start("p");

        Assert.Equal([$"no recovery: {file} is not a SQLite database.", "stopped"], await system.Notes.Next(2));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var file = Path.Combine(_folder.FullPath, "missing", "journal.db");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        system.Start("p");

        Assert.StartsWith($"no recovery: {file} cannot be opened", await system.Notes.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_comes_back_is_found_again()
    {
        var folder = Path.Combine(_folder.FullPath, "later");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(Path.Combine(folder, "journal.db")));
        system.Start("p");
        await system.Notes.Until("stopped");

        Directory.CreateDirectory(folder);
        system.Start("p");

        Assert.Equal(["< replayed", "< completed 0"], await system.Notes.Next(2));
    }

    [Fact]
    public async Task A_database_that_may_only_be_read_is_named()
    {
        var file = _folder.File("old.db");
        Database.Execute(file, "CREATE TABLE other (id INTEGER)");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite($"{file};Mode=ReadOnly"));
        system.Start("p");

        Assert.Equal($"no recovery: {file} is read-only.", await system.Notes.Next());
    }

    [Fact]
    public async Task A_database_with_a_broken_page_is_named()
    {
        var file = _folder.File("broken.db");
        await using (var system = new PersistentSystem(PersistentSystem.Sqlite(file)))
        {
            var actor = system.Start("p");
            var events = Enumerable.Range(0, 500).Select(n => new Happened(new string('x', 500) + n)).ToArray();
            actor.Tell((Action<Storyteller>)(a => a.PersistAll(events, e => a.Note(e.What[500..]))));
            await system.Notes.Until("499");
        }

        Overwrite(file, from: 20 * 4096, length: 40 * 4096);
        await using var second = new PersistentSystem(PersistentSystem.Sqlite(file));
        second.Start("p");

        var line = await second.Notes.Next();
        while (line.StartsWith("< ", StringComparison.Ordinal))
            line = await second.Notes.Next();
        Assert.Equal($"no recovery: {file} is damaged: what it holds cannot be read.", line);
    }

    [Fact]
    public async Task An_event_that_another_wrote_in_the_meantime_fails_alone()
    {
        var file = _folder.File("fence.db");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        var actors = Enumerable.Range(0, 20).Select(n => system.Start($"p-{n}")).ToList();
        foreach (var _ in actors)
            await system.Notes.Until("< completed 0");
        Database.Execute(
            file,
            "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message) "
            + "VALUES (1, 0, 'p-7', 2, x'00')");

        foreach (var actor in actors)
        {
            actor.Tell((Action<Storyteller>)(a =>
                a.PersistAll([new Happened("one"), new Happened("two")], e => a.Note($"{a.PersistenceId} {e}"))));
        }

        var lines = await system.Notes.Next(19 * 2 + 1 + 1);
        Assert.Equal(38, lines.Count(line => line.EndsWith(" one", StringComparison.Ordinal)
            || line.EndsWith(" two", StringComparison.Ordinal)));
        var failure = $"failure of one at 1: {file} already has";
        Assert.Contains(lines, line => line.StartsWith(failure, StringComparison.Ordinal));
        Assert.Contains("stopped", lines);
        Assert.Equal(["39"], Database.Rows(file, "SELECT count(*) FROM journal"));
    }

    [Fact]
    public async Task A_connection_string_or_provider_that_is_not_known_is_told_to_the_actor()
    {
        var hocon = PersistentSystem.Sqlite(_folder.File("x.db"))
            .Replace("SQLite.MS", "Oracle", StringComparison.Ordinal);
        await using var system = new PersistentSystem(hocon);
        system.Start("p");

        Assert.StartsWith("no recovery: provider-name \"Oracle\"", await system.Notes.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_waits_while_another_program_holds_the_database()
    {
        var file = _folder.File("busy.db");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        var actor = system.Start("p");
        await system.Notes.Until("< completed 0");
        using (Database.Hold(file))
        {
            actor.Tell((Action<Storyteller>)(a =>
            {
                a.Tell("event");
                a.Note("asked");
            }));
            Assert.Equal("asked", await system.Notes.Next());
        }

        Assert.Equal("event", await system.Notes.Next());
    }

    [Fact]
    public async Task Commits_are_flushed_to_the_disk()
    {
        var file = _folder.File("wal.db");
        await using var system = new PersistentSystem(PersistentSystem.Sqlite(file));
        system.Start("p");
        await system.Notes.Until("< completed 0");

        Assert.Equal(["wal"], Database.Rows(file, "PRAGMA journal_mode"));
    }

    private static void Overwrite(string file, int from, int length)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = from;
        stream.Write(Encoding.ASCII.GetBytes(new string('?', length)));
    }
}
