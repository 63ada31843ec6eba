using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>What a batch made, over HTTP: only that, and as it is.</summary>
public sealed class FilesApiSpecs : IAsyncLifetime
{
    private const string Path = "/v1/batches/b-1/files/images/job_1.png";

    private readonly ServedBatches _served = new();

    private string Batch => System.IO.Path.Combine(_served.Folder, "out", "b-1");

    public async Task InitializeAsync()
    {
        _served.Batches.JobsOf["b-1"] = [SomeBatches.Priced(1, "Hero"), SomeBatches.Priced(2, "Gone")];
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, _served.Batches.JobsOf["b-1"], id: "b-1"));
        await _served.StartAsync();
        Directory.CreateDirectory(System.IO.Path.Combine(Batch, "images"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(Batch, "images", "job_1.png"), "0123456789");
        await File.WriteAllTextAsync(System.IO.Path.Combine(Batch, "images", "foreign.png"), "not made by it");
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task A_file_comes_whole_with_its_hash_and_its_kind()
    {
        var answer = await _served.SendAsync("GET", Path);
        var headers = answer.Whole.Content.Headers;
        Assert.Equal((200, "0123456789", "image/png"), (answer.Status, answer.Body, headers.ContentType!.ToString()));
        Assert.Equal($"\"{new string('a', 64)}\"", answer.Whole.Headers.ETag!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Whole.Headers.GetValues("X-Content-Type-Options")));
        Assert.Null(headers.ContentDisposition);
        Assert.Equal((200, "", 10L), await HeadAsync());
    }

    [Theory]
    [InlineData("Range", "bytes=2-4", 206, "234")]
    [InlineData("Range", "bytes=-3", 206, "789")]
    [InlineData("Range", "bytes=7-", 206, "789")]
    [InlineData("Range", "bytes=10-", 416, "")]
    [InlineData("If-None-Match", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", 304, "")]
    [InlineData("If-None-Match", "\"b\"", 200, "0123456789")]
    [InlineData("If-Match", "\"b\"", 412, "")]
    public async Task Parts_and_conditions_are_kept_to(string header, string value, int status, string body)
    {
        var answer = await _served.SendAsync("GET", Path, null, null, (header, value));
        Assert.Equal(status, answer.Status);
        if (status is 200 or 206) Assert.Equal(body, answer.Body);
    }

    [Theory]
    [InlineData("?download=1", "job_1.png")]
    [InlineData("?download", "job_1.png")]
    [InlineData("?download=0", null)]
    public async Task It_is_for_saving_where_that_is_asked_for(string query, string? name) =>
        Assert.Equal(name, (await _served.SendAsync("GET", Path + query)).Whole.Content.Headers.ContentDisposition?.FileName);

    [Theory]
    [InlineData("images/foreign.png")]
    [InlineData("manifest.json")]
    [InlineData("images/job_2.png")]
    [InlineData("images")]
    [InlineData("")]
    [InlineData("images/JOB_1.PNG")]
    [InlineData("images//job_1.png")]
    [InlineData("images%2f..%2fimages%2fjob_1.png")]
    [InlineData("..%2f..%2f.atlas-actors%2fservice.db")]
    [InlineData("..%5c..%5c.atlas-actors%5cservice.db")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("images/job_1.png%00")]
    public async Task Nothing_else_is_to_be_had(string name) =>
        Assert.Contains((await _served.SendAsync("GET", $"/v1/batches/b-1/files/{name}")).Status, new[] { 404, 400 });

    /// <summary>The first job succeeded before what was there was removed, the second after it.</summary>
    [Fact]
    public async Task What_was_removed_by_the_rules_of_retention_is_gone_and_what_is_missing_besides_is_not_found()
    {
        await using var served = new ServedBatches();
        served.Batches.JobsOf["b-1"] =
        [
            SomeBatches.Priced(1, "Hero"), SomeBatches.Priced(2, "Later") with { Since = Views.Start.AddDays(9) },
        ];
        served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, served.Batches.JobsOf["b-1"], id: "b-1") with
        {
            OutputsRemovedAt = Views.Start.AddDays(3),
        });
        await served.StartAsync();

        var gone = await served.JsonAsync("GET", Path, 410);
        Assert.Equal(
            "The batch made this file, and it was removed on 2026-11-24: the service keeps what batches made for a time only.",
            gone.GetProperty("detail").GetString());
        await served.JsonAsync("GET", Path.Replace("job_1", "job_2", StringComparison.Ordinal), 404);
        await served.JsonAsync("GET", Path.Replace("job_1", "job_", StringComparison.Ordinal), 404);
        Assert.Equal(
            "2026-11-24T06:00:00+00:00",
            (await served.JsonAsync("GET", "/v1/batches/b-1", 200)).GetProperty("outputs_removed_at").GetString());
    }

    [Fact]
    public async Task The_manifest_comes_as_it_is_and_only_when_it_changed()
    {
        const string path = "/v1/batches/b-1/manifest";
        await _served.JsonAsync("GET", path, 404);
        var file = System.IO.Path.Combine(Batch, "manifest.json");
        await File.WriteAllTextAsync(file, "{ \"total_jobs\" : 2 }\n");
        var first = await _served.SendAsync("GET", path);
        var tag = first.Whole.Headers.ETag!.ToString();
        Assert.Equal((200, "{ \"total_jobs\" : 2 }\n", "application/json"), (first.Status, first.Body, first.Whole.Content.Headers.ContentType!.ToString()));
        Assert.Equal(304, (await _served.SendAsync("GET", path, null, null, ("If-None-Match", tag))).Status);
        await File.WriteAllTextAsync(file, "{ \"total_jobs\" : 23 }\n");
        Assert.Equal(200, (await _served.SendAsync("GET", path, null, null, ("If-None-Match", tag))).Status);
    }

    private async Task<(int, string, long?)> HeadAsync()
    {
        var answer = await _served.SendAsync("HEAD", Path);
        return (answer.Status, answer.Body, answer.Whole.Content.Headers.ContentLength);
    }
}
