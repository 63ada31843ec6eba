using System.Globalization;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>
/// Journals of a rehearsal of four jobs that was killed after the second, one written on Akka.NET 1.5.30 and its SQL journal,
/// one on Akka.Embedded: whichever this is compiled for goes on with both.
/// </summary>
public sealed partial class OneDatabaseSpecs : IAsyncLifetime
{
    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData("akka-net-1.5.30")]
    [InlineData("akka-embedded")]
    public async Task A_journal_of_either_side_is_taken_up_to_its_end_without_a_further_submission(string side)
    {
        var state = Directory.CreateDirectory(_runs.File("out/.atlas-actors")).FullName;
        var journal = Path.Combine(state, "journal.db");
        Restore(Recorded(side + ".sql"), journal);
        var submissions = Path.Combine(state, "simulator.jsonl");
        await File.WriteAllTextAsync(submissions, TakenNow(await File.ReadAllTextAsync(Recorded(side + ".jsonl"))));
        var tables = Read(journal, "SELECT sql FROM sqlite_master ORDER BY name");

        var ended = await _runs.RunAsync("resume", "out");

        Assert.True(ended.Code == 0, $"{ended.Code}: {ended.Out} {ended.Error}");
        var results = new ResultFolder(_runs.Folder, "out");
        Assert.Equal(4, results.Manifest.Successful);
        Assert.Equal(0.40m, results.Manifest.TotalCost);
        Assert.All(results.Manifest.Results, result => Assert.Equal(1, result.Submissions));
        Assert.All(results.Manifest.Results.Skip(2), result => Assert.NotEmpty(results.BytesOf(result)));
        // Written before there were late prices: it is known all the same who told each charge.
        var costs = await _runs.RunAsync("costs", "out");
        Assert.Contains("Charged:      USD 0.4000\n", costs.Out + "\n", StringComparison.Ordinal);
        Assert.Equal(4, (await File.ReadAllLinesAsync(submissions)).Count(line => line.Contains("\"accepted\"", StringComparison.Ordinal)));
        Assert.Equal(tables, Read(journal, "SELECT sql FROM sqlite_master ORDER BY name"));
        Assert.Equal(["870001"], Read(journal, "SELECT DISTINCT identifier FROM journal"));
        Assert.All(Read(journal, "SELECT count(*) = max(sequence_number) FROM journal GROUP BY persistence_id"), whole => Assert.Equal("1", whole));
    }

    private static string Recorded(string name) => Path.Combine(AppContext.BaseDirectory, "EndToEnd", "Journals", name);

    /// <summary>The simulator forgets outputs after a fortnight; these were made just now.</summary>
    private static string TakenNow(string submissions) =>
        AcceptedAt().Replace(submissions, DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));

    private static void Restore(string script, string file)
    {
        using var database = Open(file);
        using var command = database.CreateCommand();
        command.CommandText = File.ReadAllText(script);
        command.ExecuteNonQuery();
    }

    private static List<string> Read(string file, string query)
    {
        using var database = Open(file);
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read())
            values.Add(rows.IsDBNull(0) ? "" : rows.GetString(0));
        return values;
    }

    private static SqliteConnection Open(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        database.Open();
        return database;
    }

    [GeneratedRegex("(?<=\"accepted_at\":\")[^\"]+")]
    private static partial Regex AcceptedAt();
}
