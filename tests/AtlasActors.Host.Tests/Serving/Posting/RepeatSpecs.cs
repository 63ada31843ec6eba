using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Posting;

/// <summary>The same request again, by its <c>Idempotency-Key</c>.</summary>
public sealed class RepeatSpecs : IAsyncLifetime
{
    private readonly ServedBatches _served = new();

    public async Task InitializeAsync()
    {
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Idle, [Views.Done(1)], id: "b-1"));
        await _served.StartAsync();
        _served.Batches.Asked.Clear();
    }

    public Task DisposeAsync() => _served.DisposeAsync().AsTask();

    [Fact]
    public async Task The_same_again_is_answered_the_same_and_done_once()
    {
        var first = await BeginAsync("k 1");
        var second = await BeginAsync("k 1");
        Assert.Equal((201, first.Body), (second.Status, second.Body));
        Assert.Equal(first.Whole.Headers.Location, second.Whole.Headers.Location);
        Assert.Equal(first.Whole.Content.Headers.ContentType, second.Whole.Content.Headers.ContentType);
        Assert.False(first.Whole.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Whole.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(["start"], _served.Batches.Asked);
    }

    [Fact]
    public async Task Also_when_the_service_was_started_anew()
    {
        var first = await BeginAsync("k-1");
        await _served.StopAsync();
        await _served.StartAgainAsync();
        var second = await BeginAsync("k-1");
        Assert.Equal((201, first.Body), (second.Status, second.Body));
        Assert.Single(_served.Batches.Ids);
    }

    [Theory]
    [InlineData("/v1/batches", Files.Pack + "\n")]
    [InlineData("/v1/batches?max_cost=1", Files.Pack)]
    [InlineData("/v1/batches?dry_run=true", Files.Pack)]
    [InlineData("/v1/estimate", Files.Pack)]
    [InlineData("/v1/batches/b-1/resume", "")]
    public async Task A_key_that_was_another_request_s_is_refused(string path, string body)
    {
        await BeginAsync("k-1");
        var other = await _served.SendAsync("POST", path, body, null, ("Idempotency-Key", "k-1"));
        Assert.Equal((409, "application/problem+json"), (other.Status, other.Whole.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["start"], _served.Batches.Asked);
    }

    [Fact]
    public async Task Without_a_key_and_with_other_keys_each_is_a_request_of_its_own()
    {
        var ids = new HashSet<string?>();
        foreach (var key in new[] { null, null, "k-1", "k-2" })
            ids.Add((await BeginAsync(key)).Whole.Headers.Location!.ToString());
        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public async Task Two_callers_may_choose_the_same_key()
    {
        var (first, second) = (await _served.AddKeyAsync("first", "submit"), await _served.AddKeyAsync("second", "submit"));
        var ids = new HashSet<string>();
        foreach (var key in new[] { first, second, first })
        {
            var answer = await _served.SendAsync(
                "POST", "/v1/batches", Files.Pack, null, ("Idempotency-Key", "k-1"), ("Authorization", $"Bearer {key}"));
            ids.Add(answer.Whole.Headers.Location!.ToString());
        }
        Assert.Equal(2, ids.Count);
    }

    [Fact]
    public async Task Of_two_at_the_same_moment_one_works_and_the_other_is_told_to_come_again()
    {
        var may = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _served.Batches.Starting = may.Task;
        Task<(int Status, string Body, HttpResponseMessage Whole)>[] both = [BeginAsync("k-1"), BeginAsync("k-1")];
        var refused = await await Task.WhenAny(both).WaitAsync(ProgramProcess.Patience);
        Assert.Equal((409, "1"), (refused.Status, refused.Whole.Headers.RetryAfter!.ToString()));
        may.SetResult();
        Assert.Equal([201, 409], (await Task.WhenAll(both)).Select(answer => answer.Status).Order());
        Assert.Equal(201, (await BeginAsync("k-1")).Status);
        Assert.Single(_served.Batches.Ids);
    }

    [Fact]
    public async Task What_failed_on_our_side_is_done_again_and_under_the_same_id()
    {
        _served.Batches.Failing = new InvalidOperationException("a disk, say");
        Assert.Equal(500, (await BeginAsync("k-1")).Status);
        _served.Batches.Failing = new BatchException("The journal cannot be written.");
        Assert.Equal(503, (await BeginAsync("k-1")).Status);
        _served.Batches.Failing = null;
        Assert.Equal(201, (await BeginAsync("k-1")).Status);
        Assert.Equal((3, 1), (_served.Batches.Ids.Count, _served.Batches.Ids.Distinct().Count()));
    }

    [Theory]
    [InlineData("/v1/batches", Files.TenMistakes, 422)]
    [InlineData("/v1/batches?max_cost=no", Files.Pack, 400)]
    [InlineData("/v1/batches/none/resume", "", 404)]
    [InlineData("/v1/batches/b-1/resume", "", 200)]
    [InlineData("/v1/batches/b-1/jobs/retry", """{"all":true}""", 200)]
    public async Task Every_post_can_be_sent_again(string path, string body, int status)
    {
        var first = await _served.SendAsync("POST", path, body, null, ("Idempotency-Key", "k-1"));
        var second = await _served.SendAsync("POST", path, body, null, ("Idempotency-Key", "k-1"));
        Assert.Equal((status, status, first.Body), (first.Status, second.Status, second.Body));
        Assert.True(_served.Batches.Asked.Count <= 1, string.Join(", ", _served.Batches.Asked));
    }

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("a\tb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        Assert.Equal(400, (await BeginAsync(key)).Status);
        Assert.Empty(_served.Batches.Asked);
    }

    private Task<(int Status, string Body, HttpResponseMessage Whole)> BeginAsync(string? key) => key is null
        ? _served.SendAsync("POST", "/v1/batches", Files.Pack)
        : _served.SendAsync("POST", "/v1/batches", Files.Pack, null, ("Idempotency-Key", key));
}
