using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Callers;

/// <summary>Who is let in, and how far.</summary>
public sealed class AdmissionSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task With_a_key_it_may_be_reached_from_everywhere_and_always_asks_for_one()
    {
        var key = await _served.AddKeyAsync("films", "submit");
        await _served.StartAsync("--listen", "http://0.0.0.0:0");
        _served.Address = new UriBuilder(_served.Address) { Host = "127.0.0.1" }.Uri;
        Assert.Contains("Callers need one of its 1 key.", _served.Out, StringComparison.Ordinal);

        foreach (var path in new[] { "/v1/batches", "/v1/models", "/openapi/v1.json", "/nothing" })
        {
            var answer = await _served.SendAsync("GET", path);
            Assert.Equal(401, answer.Status);
            Assert.Equal("Bearer realm=\"atlas-actors\"", answer.Whole.Headers.WwwAuthenticate.ToString());
        }
        Assert.Equal(200, await StatusAsync(key));
        // Whom a key lets in may come through a proxy, by any name.
        Assert.Equal(200, (await _served.SendAsync(
            "GET", "/v1/batches", null, null, ("Authorization", $"bearer {key}"), ("Host", "media.example.org"), ("X-Forwarded-For", "203.0.113.5"),
            ("Origin", "https://media.example.org"))).Status);
        Assert.Equal(200, (await _served.SendAsync("GET", "/healthz/ready", null, null, ("Host", "media.example.org"))).Status);
        Assert.Equal(204, (await _served.SendAsync("POST", "/hooks/atlas/a/1/1/t", "{}")).Status);
    }

    [Theory]
    [InlineData("Bearer aak_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic YTpi")]
    [InlineData("aak_x")]
    public async Task A_wrong_key_is_told_as_such(string header)
    {
        await _served.AddKeyAsync("films", "submit");
        await _served.StartAsync();
        var answer = await _served.SendAsync("GET", "/v1/batches", null, null, ("Authorization", header));
        Assert.Equal(401, answer.Status);
        Assert.Contains("invalid_token", answer.Whole.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read", "GET", "/v1/batches", 200)]
    [InlineData("read", "GET", "/v1/models", 200)]
    [InlineData("read", "POST", "/v1/batches", 403)]
    [InlineData("read", "POST", "/v1/batches?dry_run=true", 403)]
    [InlineData("read", "POST", "/v1/estimate", 403)]
    [InlineData("read", "POST", "/v1/batches/b-1/resume", 403)]
    [InlineData("read", "POST", "/v1/batches/b-1/stop", 403)]
    [InlineData("read", "DELETE", "/v1/batches", 405)]
    [InlineData("read", "GET", "/nothing", 404)]
    [InlineData("submit", "GET", "/v1/batches", 200)]
    [InlineData("submit", "POST", "/v1/batches", 201)]
    [InlineData("submit", "POST", "/v1/batches/b-1/resume", 200)]
    [InlineData("admin", "POST", "/v1/batches", 201)]
    [InlineData("admin", "GET", "/v1/batches", 200)]
    public async Task A_role_reaches_so_far(string role, string method, string path, int status)
    {
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, [Views.Done(1)], id: "b-1"));
        var key = await _served.AddKeyAsync("someone", role);
        await _served.StartAsync();
        var body = method == "POST" ? path.Contains("b-1", StringComparison.Ordinal) ? "" : Files.Pack : null;
        var answer = await _served.SendAsync(method, path, body, null, ("Authorization", $"Bearer {key}"));
        Assert.True(answer.Status == status, answer.Body);
        if (status == 403)
        {
            Assert.Contains("scope=\"submit\"", answer.Whole.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.Empty(_served.Batches.Asked);
        }
    }

    [Fact]
    public async Task A_running_service_notices_keys_that_come_and_go()
    {
        await _served.StartAsync();
        Assert.Equal(200, await StatusAsync(null));
        var first = await _served.AddKeyAsync("first", "read");
        Assert.Equal((401, 200), (await StatusAsync(null), await StatusAsync(first)));
        var second = await _served.AddKeyAsync("second", "read");
        await _served.RemoveKeyAsync("first");
        Assert.Equal((401, 200), (await StatusAsync(first), await StatusAsync(second)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0")]
    public async Task Without_its_last_key_a_running_service_lets_nobody_in(string listen)
    {
        var key = await _served.AddKeyAsync("only", "admin");
        await _served.StartAsync("--listen", listen);
        _served.Address = new UriBuilder(_served.Address) { Host = "127.0.0.1" }.Uri;
        await _served.RemoveKeyAsync("only");
        Assert.Equal((401, 401), (await StatusAsync(null), await StatusAsync(key)));
        File.Delete(Path.Combine(_served.Folder, "out", ".atlas-actors", "keys.json"));
        Assert.Equal((401, 401), (await StatusAsync(null), await StatusAsync(key)));
        Assert.Equal(200, await StatusAsync(await _served.AddKeyAsync("next", "read")));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_any_more_let_nobody_in()
    {
        var key = await _served.AddKeyAsync("only", "admin");
        await _served.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_served.Folder, "out", ".atlas-actors", "keys.json"), "{");
        Assert.Equal((503, 503), (await StatusAsync(null), await StatusAsync(key)));
        Assert.Contains("Nobody is let in", _served.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(key, _served.Out + _served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_wrong_keys_a_minute_are_answered_and_right_ones_always()
    {
        var key = await _served.AddKeyAsync("only", "admin");
        await _served.StartAsync("--rate", "100000");
        var statuses = new List<int>();
        for (var i = 0; i < 100; i++)
            statuses.Add(await StatusAsync($"aak_{i}"));
        // The minute may turn in between, on a slow machine.
        Assert.Contains(429, statuses);
        Assert.Equal(Enumerable.Repeat(401, 20), statuses.Take(20));
        var refused = await _served.SendAsync("GET", "/v1/batches", null, null, ("Authorization", "Bearer aak_more"));
        if (refused.Status == 429)
            Assert.InRange(refused.Whole.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(200, await StatusAsync(key));
    }

    [Theory]
    [InlineData("--rate", "GET", "/v1/models", 200)]
    [InlineData("--submit-rate", "POST", "/v1/estimate", 200)]
    [InlineData("--submit-rate", "POST", "/v1/batches", 201)]
    public async Task Each_caller_has_so_many_requests_and_no_other_s(string limit, string method, string path, int status)
    {
        var (first, second) = (await _served.AddKeyAsync("first", "submit"), await _served.AddKeyAsync("second", "submit"));
        await _served.StartAsync(limit, "0.001");
        foreach (var key in new[] { first, second })
        {
            Assert.Equal(status, (await SendAsync(method, path, key)).Status);
            var refused = await SendAsync(method, path, key);
            Assert.Equal(429, refused.Status);
            Assert.InRange(refused.Whole.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 1000);
        }
    }

    [Fact]
    public async Task Nobody_s_page_is_told_that_it_may_ask()
    {
        var key = await _served.AddKeyAsync("films", "submit");
        await _served.StartAsync();
        var asked = await _served.SendAsync(
            "OPTIONS", "/v1/batches", null, null, ("Authorization", $"Bearer {key}"), ("Origin", "https://evil.example"),
            ("Access-Control-Request-Method", "POST"));
        Assert.Equal((405, "GET, POST"), (asked.Status, string.Join(", ", asked.Whole.Content.Headers.Allow.Order())));
        var answer = await _served.SendAsync(
            "GET", "/v1/batches", null, null, ("Authorization", $"Bearer {key}"), ("Origin", "https://evil.example"));
        Assert.Equal(200, answer.Status);
        foreach (var whole in new[] { asked.Whole, answer.Whole })
            Assert.DoesNotContain(whole.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private Task<(int Status, string Body, HttpResponseMessage Whole)> SendAsync(string method, string path, string key) =>
        _served.SendAsync(method, path, method == "POST" ? Files.Pack : null, null, ("Authorization", $"Bearer {key}"));

    private async Task<int> StatusAsync(string? key) => (key is null
        ? await _served.SendAsync("GET", "/v1/batches")
        : await _served.SendAsync("GET", "/v1/batches", null, null, ("Authorization", $"Bearer {key}"))).Status;
}
