using AtlasActors.Costs;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>A run that was killed when its last job was at its end, before ledger and manifest had heard of it.</summary>
public sealed class KillAtTheEndSpecs : IAsyncLifetime
{
    private readonly ProgramRuns _runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData("resume")]
    [InlineData("run", "pack.yaml")]
    [InlineData("retry", "pipeline_output")]
    public async Task The_next_command_brings_ledger_and_manifest_up_to_date_and_sends_nothing(params string[] next)
    {
        await _runs.WithAtlasAsync(new SimulatorOptions { Speed = 500 });
        _runs.WithImages("pack.yaml", "a", "b");
        Assert.Equal(0, (await _runs.RunAsync("run", "pack.yaml")).Code);
        var results = new ResultFolder(_runs.Folder, "pipeline_output");
        var whole = results.Manifest;
        File.Delete(Path.Combine(results.FullPath, "manifest.json"));
        Forget(results.Journal);

        var ended = await _runs.RunAsync(next);

        Assert.True(ended.Code == 0, $"{ended.Code}: {ended.Out} {ended.Error}");
        Assert.Equal((2, whole.TotalCost), (results.Manifest.Successful, results.Manifest.TotalCost));
        Assert.Equal(new Usd(whole.TotalCost), (await results.ReadJournalAsync())!.Ledger.Charged);
        Assert.Equal(2, _runs.Seen.SubmitRequests);
    }

    /// <summary>Takes away what is written last: the batch's own last word, and the last of ledger and manifest.</summary>
    private static void Forget(string journal)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = journal, Pooling = false }.ToString());
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = """
            DELETE FROM journal WHERE manifest = 'batch-settled:1'
            OR ordering IN (SELECT max(ordering) FROM journal WHERE persistence_id = 'cost-ledger' OR persistence_id LIKE 'manifest-%' GROUP BY persistence_id)
            """;
        Assert.Equal(3, command.ExecuteNonQuery());
    }
}
