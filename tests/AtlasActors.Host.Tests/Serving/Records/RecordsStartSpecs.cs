using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Records;

/// <summary>What a start reads of the journal, and what it leaves unread.</summary>
public sealed class RecordsStartSpecs : IAsyncLifetime
{
    private readonly ServedBatches _first = new();

    public async Task InitializeAsync()
    {
        SomeBatches.AddTo(_first.Batches);
        await _first.StartAsync();
    }

    public Task DisposeAsync() => _first.DisposeAsync().AsTask();

    [Fact]
    public async Task What_rests_and_is_in_step_is_not_read_and_what_moved_on_is()
    {
        Assert.Equal(["b-1", "b-2", "b-3", "b-4", "b-5"], _first.Batches.Read);
        await _first.StopAsync();

        await using var second = new ServedBatches { Before = _first };
        SomeBatches.AddTo(second.Batches);
        second.Batches.Known.RemoveAll(batch => batch.Id.Value == "b-3");
        second.Batches.JobsOf["b-2"] = [Views.Job(1, JobStage.Failed, "Harbour") with { Revision = 6 }, second.Batches.JobsOf["b-2"][1]];
        second.Batches.Known[1] = second.Batches.Known[1] with { Revision = 8 };
        await second.StartAsync();

        Assert.Equal(["b-2"], second.Batches.Read);
        var listed = await second.JsonAsync("GET", "/v1/batches", 200);
        Assert.Equal(["b-5", "b-4", "b-2", "b-1"], listed.GetProperty("batches").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        Assert.Equal(2, (await second.JsonAsync("GET", "/v1/batches/b-2", 200)).GetProperty("counts").GetProperty("failed").GetInt32());
        Assert.Equal(0m, (await second.JsonAsync("GET", "/v1/costs?label=customer:acme", 200)).GetProperty("total").GetProperty("charged").GetDecimal());
        Assert.Equal(0, (await second.JsonAsync("GET", "/v1/batches?text=dune", 200)).GetProperty("batches").GetArrayLength());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not a database")]
    public async Task Without_the_file_or_with_a_damaged_one_all_is_read_and_all_is_there_again(string? content)
    {
        var before = await LookAsync(_first);
        var last = await LastAsync(_first);
        await _first.StopAsync();
        var file = Path.Combine(_first.Folder, "out", ".atlas-actors", "records.db");
        foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(file + ending);
        if (content is not null) await File.WriteAllTextAsync(file, content);

        await using var second = new ServedBatches { Before = _first };
        SomeBatches.AddTo(second.Batches);
        await second.StartAsync();
        Assert.Equal(5, second.Batches.Read.Count);
        Assert.Equal(before, await LookAsync(second));
        // Who kept the last id of before is told everything again, and no number stands for two changes.
        Assert.True(await LastAsync(second) > last);
    }

    private static async Task<string> LookAsync(ServedBatches served) => string.Join('\n',
    [
        (await served.SendAsync("GET", "/v1/batches")).Body, (await served.SendAsync("GET", "/v1/batches/b-5/jobs")).Body,
        (await served.SendAsync("GET", "/v1/costs?by=batch")).Body,
    ]);

    private static async Task<long> LastAsync(ServedBatches served)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var last = "";
        await foreach (var one in ReadEvents.FromAsync(client, new Uri(served.Address, "/v1/batches/b-5/events"))) last = one.Id;
        return long.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
    }
}
