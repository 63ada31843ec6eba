using System.Net;
using System.Text.Json;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Retention;

/// <summary>The real program, that keeps nothing for long, and is killed at it.</summary>
public sealed class RetentionEndToEndSpecs
{
    private const string Soon = "atlas-service.retention { events = 1ms, outputs = 1ms, every = 50ms }";

    [Fact]
    public async Task What_is_over_is_emptied_and_compacted_and_can_still_be_asked_for_over_a_kill_too()
    {
        await using var runs = await ServedRuns.StartAsync();
        var program = await runs.RehearseWithAsync(Soon);
        var id = await runs.BeginAsync(3, "a", "b", "c");
        var batch = await runs.RestsAsync(id, "succeeded", 3);
        await UntilAsync(() => EventsOf(runs, id) == 0);
        Assert.Empty(Directory.GetFiles(batch.GetProperty("output_dir").GetString()!, "*.png", SearchOption.AllDirectories));
        var jobs = await runs.GetTextAsync($"/v1/batches/{id}/jobs");
        var costs = await runs.GetTextAsync("/v1/costs?by=model");
        var manifest = await runs.GetTextAsync($"/v1/batches/{id}/manifest");
        Signals.Kill(program);
        await program.EndsAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(runs.Out, ".atlas-actors"), "records.db*")) File.Delete(file);

        await runs.RehearseWithAsync(Soon);

        var after = await runs.GetAsync($"/v1/batches/{id}");
        Assert.Equal(
            ("finished", 3, batch.GetProperty("money").ToString()),
            (after.GetProperty("state").GetString(), after.GetProperty("ended").GetInt32(), after.GetProperty("money").ToString()));
        Assert.NotNull(after.GetProperty("outputs_removed_at").GetString());
        Assert.Equal(
            (jobs, costs, manifest),
            (await runs.GetTextAsync($"/v1/batches/{id}/jobs"), await runs.GetTextAsync("/v1/costs?by=model"),
                await runs.GetTextAsync($"/v1/batches/{id}/manifest")));
        using var first = JsonDocument.Parse(jobs);
        var made = first.RootElement.GetProperty("jobs")[0].GetProperty("files")[0].GetString();
        var gone = await Assert.ThrowsAsync<HttpRequestException>(() => runs.GetTextAsync($"/v1/batches/{id}/files/{made}"));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    /// <summary>Kills at whatever moment the machine's own timing draws, with batches that come to their ends meanwhile.</summary>
    [Fact]
    public async Task Killed_again_and_again_while_it_clears_up_nothing_is_lost()
    {
        await using var runs = await ServedRuns.StartAsync();
        var ids = new List<string>();
        for (var life = 0; life < 4; life++)
        {
            var program = await runs.RehearseWithAsync(Soon);
            for (var i = 0; i < 3; i++) ids.Add(await runs.BeginAsync(2, "a", "b"));
            await runs.RestsAsync(ids[^(1 + life % 3)], "succeeded", 2);
            Signals.Kill(program);
            await program.EndsAsync();
        }

        await runs.RehearseWithAsync(Soon);
        foreach (var id in ids)
        {
            await runs.RestsAsync(id, "succeeded", 2);
            await UntilAsync(() => EventsOf(runs, id) == 0);
            var batch = await runs.GetAsync($"/v1/batches/{id}");
            Assert.NotNull(batch.GetProperty("outputs_removed_at").GetString());
            Assert.Empty(Directory.GetFiles(batch.GetProperty("output_dir").GetString()!, "*.png", SearchOption.AllDirectories));
            Assert.Equal(0.08m, batch.GetProperty("money").GetProperty("charged").GetDecimal());
        }
        Assert.Equal(
            ids.Count * 0.08m, (await runs.GetAsync("/v1/costs?by=model")).GetProperty("total").GetProperty("charged").GetDecimal());
    }

    /// <summary>How many events of a batch and its manifest the journal still gives out.</summary>
    private static long EventsOf(ServedRuns runs, string id)
    {
        SQLitePCL.Batteries_V2.Init();
        using var journal = new SqliteConnection(
            $"Data Source={Path.Combine(runs.Out, ".atlas-actors", "service.db")};Mode=ReadOnly;Pooling=false;Default Timeout=30");
        return journal.ExecuteScalar<long>(
            "SELECT count(*) FROM journal WHERE persistence_id IN (@batch, @manifest) AND NOT deleted",
            new { batch = $"batch-{id}", manifest = $"manifest-{id}" });
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo()) await ticks.WaitForNextTickAsync(limit.Token);
    }
}
