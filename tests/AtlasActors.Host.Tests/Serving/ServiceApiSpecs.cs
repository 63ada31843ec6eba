using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>The HTTP API: each path, with each error.</summary>
public sealed class ServiceApiSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();

    public Task InitializeAsync() => _served.StartAsync();

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Theory]
    [InlineData(Files.Pack, "application/yaml")]
    [InlineData(Files.Pack, null)]
    [InlineData(Files.Pack, "application/x-www-form-urlencoded")]
    [InlineData("\ufeff" + Files.Pack, "text/plain; charset=utf-8")]
    [InlineData("""{"jobs":[{"name":"a","type":"image","model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"b"},{"name":"c","type":"image","model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"d"}]}""", "application/json")]
    public async Task A_batch_file_in_either_form_is_taken_on(string file, string? type)
    {
        var answer = await _served.SendAsync("POST", "/v1/batches", file, type);
        var id = Assert.Single(_served.Batches.Ids).Value;
        Assert.Equal((201, $"/v1/batches/{id}"), (answer.Status, answer.Whole.Headers.Location!.ToString()));
        Assert.Equal(2, _served.Batches.Started!.Jobs.Count);
        Assert.Equal(["start"], _served.Batches.Asked);
        var batch = JsonDocument.Parse(answer.Body).RootElement.GetProperty("batch");
        Assert.Equal((id, "running"), (batch.GetProperty("id").GetString(), batch.GetProperty("state").GetString()));
        Assert.EndsWith(Path.Combine("out", id), batch.GetProperty("output_dir").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_odd_and_what_is_left_out_is_told()
    {
        var begun = await _served.JsonAsync("POST", "/v1/batches?max_cost=2.5", 201, Files.PackWithAudio);
        Assert.Equal(["start with 2.5000"], _served.Batches.Asked);
        var skipped = Assert.Single(begun.GetProperty("skipped").EnumerateArray());
        Assert.Equal(("Jingle", "hologram"), (skipped.GetProperty("name").GetString(), skipped.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Who_posts_a_batch_may_say_who_is_told_of_it_in_place_of_whom_the_file_names()
    {
        const string file = "webhook: { url: \"https://example.org/file\", events: [job] }\n" + Files.Pack;
        await _served.JsonAsync("POST", "/v1/batches", 201, file);
        Assert.Equal(new BatchWebhook("https://example.org/file", Jobs: true, Batches: false), _served.Batches.Started!.Webhook);
        await _served.JsonAsync("POST", "/v1/batches?webhook=https%3A%2F%2Fexample.org%2Fmine%3Ftoken%3D1", 201, file);
        Assert.Equal(new BatchWebhook("https://example.org/mine?token=1"), _served.Batches.Started!.Webhook);
    }

    [Theory]
    [InlineData("nowhere", "wants an address such as")]
    [InlineData("https%3A%2F%2F10.0.0.1%2F", "leads into a private network")]
    [InlineData("http%3A%2F%2Fexample.org%2F", "give an https address")]
    public async Task A_webhook_that_cannot_be_told_is_refused_and_nothing_is_recorded(string webhook, string says)
    {
        var problem = await _served.JsonAsync("POST", $"/v1/batches?webhook={webhook}", 400, Files.Pack);
        Assert.Contains(says, Assert.Single(problem.GetProperty("parameters").EnumerateArray()).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(_served.Batches.Asked);
    }

    [Fact]
    public async Task All_faults_of_a_file_come_at_once_with_line_and_column()
    {
        var problem = await _served.JsonAsync("POST", "/v1/batches", 422, Files.TenMistakes);
        var faults = problem.GetProperty("faults").EnumerateArray().ToList();
        Assert.True(faults.Count >= 10, $"{faults.Count} faults");
        Assert.All(faults, fault => Assert.True(fault.GetProperty("line").GetInt32() > 0 && fault.GetProperty("column").GetInt32() > 0));
        Assert.Empty(_served.Batches.Asked);
    }

    [Theory]
    [InlineData("foreach: rows.csv")]
    [InlineData("models: models.yaml")]
    public async Task A_body_reads_no_file_of_this_machine(string line)
    {
        await File.WriteAllTextAsync(Path.Combine(_served.Folder, "rows.csv"), "a\n1\n");
        await File.WriteAllTextAsync(Path.Combine(_served.Folder, "models.yaml"), "models: []\n");
        var problem = await _served.JsonAsync("POST", "/v1/batches", 422, line + "\n" + Files.Pack);
        Assert.NotEmpty(problem.GetProperty("faults").EnumerateArray());
    }

    [Theory]
    [InlineData("/v1/batches", "multipart/form-data; boundary=x", 400)]
    [InlineData("/v1/batches", "multipart/mixed; boundary=x", 415)]
    [InlineData("/v1/batches", "image/png", 415)]
    [InlineData("/v1/batches?max_cost=much", null, 400)]
    [InlineData("/v1/batches?max_cost=0", null, 400)]
    [InlineData("/v1/batches?max_cost=-1", null, 400)]
    public async Task What_is_asked_wrongly_begins_nothing(string path, string? type, int status)
    {
        await AssertProblemAsync("POST", path, status, Files.Pack, type);
        Assert.Empty(_served.Batches.Asked);
    }

    [Theory]
    [InlineData("resume", "resume b-1")]
    [InlineData("retry", "retry b-1")]
    [InlineData("retry?in_doubt=true", "retry b-1 in doubt")]
    [InlineData("stop", "stop b-1")]
    public async Task A_person_can_have_it_go_on_or_stop(string path, string asked)
    {
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Idle, [Views.Done(1)], id: "b-1"));
        Assert.Equal("b-1", (await _served.JsonAsync("POST", "/v1/batches/b-1/" + path, 200)).GetProperty("id").GetString());
        Assert.Equal([asked], _served.Batches.Asked);
    }

    [Theory]
    [InlineData("POST", "/v1/batches/none/resume", 404)]
    [InlineData("POST", "/v1/batches/none/retry", 404)]
    [InlineData("POST", "/v1/batches/none/stop", 404)]
    [InlineData("POST", "/v1/batches/b-1/retry?in_doubt=maybe", 400)]
    [InlineData("POST", "/v1/batches/b-2/resume", 409)]
    [InlineData("GET", "/v1/batches/b-1/resume", 405)]
    [InlineData("DELETE", "/v1/batches", 405)]
    [InlineData("GET", "/v2", 404)]
    [InlineData("GET", "/", 404)]
    public async Task What_cannot_be_done_is_told_as_a_problem(string method, string path, int status)
    {
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Idle, [Views.Done(1)], id: "b-1"));
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Idle, [Views.Done(1)], id: "b-2", endpoint: "simulator"));
        await AssertProblemAsync(method, path, status);
        Assert.Empty(_served.Batches.Asked);
    }

    [Fact]
    public async Task What_the_library_refuses_is_a_conflict_and_what_fails_is_our_fault_without_details()
    {
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Idle, [Views.Done(1)], id: "b-1"));
        _served.Batches.Failing = new BatchException("Batch b-1 is being stopped.");
        Assert.Equal("Batch b-1 is being stopped.", await AssertProblemAsync("POST", "/v1/batches/b-1/resume", 409));
        _served.Batches.Failing = new InvalidOperationException("s3cret");
        Assert.DoesNotContain("s3cret", await AssertProblemAsync("POST", "/v1/batches/b-1/resume", 500), StringComparison.Ordinal);
        Assert.Contains("s3cret", _served.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "media.example.org")]
    [InlineData("Host", "127.0.0.1.example.org")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Forwarded-For", "203.0.113.5")]
    [InlineData("Forwarded", "for=203.0.113.5")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Who_comes_from_elsewhere_is_answered_nothing(string header, string value)
    {
        foreach (var path in new[] { "/v1/batches", "/healthz/live", "/healthz/ready", "/", "/Hooks/atlas/a/1/1/t", "/hooksx" })
            Assert.Equal(403, (await _served.SendAsync("GET", path, null, null, (header, value))).Status);
        Assert.Equal(204, (await _served.SendAsync("POST", "/hooks/atlas/a/1/1/t", "{}", null, (header, value))).Status);
    }

    [Theory]
    [InlineData("Host", "localhost:1")]
    [InlineData("Host", "[::1]")]
    [InlineData("Origin", "http://localhost:3000")]
    public async Task Who_is_here_is_answered(string header, string value) =>
        Assert.Equal(200, (await _served.SendAsync("GET", "/v1/batches", null, null, (header, value))).Status);

    [Fact]
    public async Task It_is_live_and_ready()
    {
        Assert.Equal("live", (await _served.JsonAsync("GET", "/healthz/live", 200)).GetProperty("status").GetString());
        Assert.Equal("ready", (await _served.JsonAsync("GET", "/healthz/ready", 200)).GetProperty("status").GetString());
    }

    private async Task<string?> AssertProblemAsync(string method, string path, int status, string? body = null, string? type = null)
    {
        var answer = await _served.SendAsync(method, path, body ?? (method == "POST" ? "" : null), type);
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Body}");
        Assert.Equal("application/problem+json", answer.Whole.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }
}
