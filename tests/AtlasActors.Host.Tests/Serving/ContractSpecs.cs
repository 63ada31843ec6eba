using System.Net;
using System.Text;
using System.Text.Json;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>
/// The API and its description are the same: every route is described and the other way round, and every answer that the
/// description promises, of every path, can be had and looks as it says.
/// </summary>
public sealed class ContractSpecs : IAsyncLifetime
{
    private const string Hooks = "/hooks/";

    private static readonly ApiDescription Description = ApiDescription.Read();

    /// <summary>Sent as these; all others with nothing.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["POST /v1/batches"] = Files.Pack,
        ["POST /v1/estimate"] = Files.Pack,
        ["POST /v1/batches/{batch}/jobs/cancel"] = """{"state":"queued"}""",
        ["POST /v1/batches/{batch}/jobs/retry"] = """{"numbers":[2]}""",
        ["POST /hooks/atlas/{batch}/{job}/{submission}/{token}"] = "{}",
    };

    /// <summary>The end of the batch's first job, which is told to nobody.</summary>
    private static readonly string Delivery = OutgoingEvent.Of(
        new BatchRow { Id = "b-1" }, JobRow.Of(SomeBatches.Priced(1, "Hero"))).Id;

    private readonly ServedBatches _served = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false, Expect100ContinueTimeout = ProgramProcess.Patience,
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _served.DisposeAsync();
    }

    public static TheoryData<int> Statuses =>
        [.. Description.Operations.SelectMany(operation => operation.Answers.Keys).Distinct().Order()];

    [Fact]
    public async Task Every_route_is_described_and_every_description_is_of_a_route()
    {
        await using var service = await StartingService.StartAsync();
        Assert.Equal(service.Routes.Order(), Description.Operations.Select(operation => operation.ToString()).Order());
        Assert.Empty(Description.BrokenReferences());
    }

    [Fact]
    public void Every_word_that_a_batch_or_a_job_may_be_described_with_is_described()
    {
        Assert.Equal(WordsOf<BatchPhase>(), Description.WordsAt("Batch/properties/state"));
        Assert.Equal(WordsOf<HaltReason>(), Description.WordsAt("Batch/properties/halt/oneOf/0"));
        Assert.Equal(WordsOf<BatchPriority>(), Description.WordsAt("Batch/properties/priority"));
        Assert.Equal(WordsOf<JobStage>(), Description.WordsAt("Batch/properties/counts/propertyNames"));
        Assert.Equal(WordsOf<JobStage>(), Description.WordsAt("Job/properties/status"));
        Assert.Equal(WordsOf<JobStage>(), Description.WordsAt("JobFilter/properties/state"));
        Assert.Equal(WordsOf<FiringState>(), Description.WordsAt("Firing/properties/state"));
        Assert.Equal(WordsOf<OverlapPolicy>(), Description.WordsAt("Schedule/properties/overlap"));
        Assert.Equal(WordsOf<MisfirePolicy>(), Description.WordsAt("Schedule/properties/misfire"));
        Assert.Equal(Enum.GetValues<MediaKind>().Select(kind => kind.Word()).Order(), Description.WordsAt("Job/properties/type"));
    }

    [Fact]
    public async Task The_description_is_served()
    {
        await _served.StartAsync();
        Assert.Equal("3.1.0", (await _served.JsonAsync("GET", "/openapi/v1.json", 200)).GetProperty("openapi").GetString());
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Every_answer_that_is_promised_is_given(int status)
    {
        await PrepareAsync(status);
        var misfits = new List<string>();
        foreach (var operation in Description.Operations.Where(operation => operation.Answers.ContainsKey(status)))
        {
            using var answer = await AskAsync(operation, status);
            var type = answer.Content.Headers.ContentType?.MediaType;
            // That of all batches has no end.
            var body = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != status)
                misfits.Add($"{operation} is answered {(int)answer.StatusCode}: {body}");
            else if (operation.Method != "HEAD")
                misfits.AddRange(Description.Misfits(operation.Answers[status], type, body).Concat(HeaderMisfits(answer, body))
                    .Select(misfit => $"{operation}: {status} {misfit}"));
            else if (body.Length > 0)
                misfits.Add($"{operation}: {status} has a body");
        }
        Assert.Empty(misfits);
    }

    [Fact]
    public async Task Every_other_method_is_refused_on_every_path()
    {
        await _served.StartAsync("--rate", "100000");
        var methods = Description.Operations.ToLookup(operation => operation.Path, operation => operation.Method);
        foreach (var path in methods)
            foreach (var method in new[] { "PATCH", "DELETE", "PUT", "OPTIONS", "TRACE", "QUERY", path.Contains("POST") ? "X" : "POST" })
            {
                var answer = await _served.SendAsync(method, Fill(path.Key), method == "POST" ? "" : null);
                Assert.True(answer.Status == 405, $"{method} {path.Key}: {answer.Status}");
                Assert.Equal(path.Order(), answer.Whole.Content.Headers.Allow.Order());
                Assert.Contains("This path takes", answer.Body, StringComparison.Ordinal);
            }
    }

    private static IEnumerable<string> WordsOf<T>() where T : struct, Enum =>
        Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Order();

    private async Task PrepareAsync(int status)
    {
        if (status == 401)
            await _served.AddKeyAsync("someone", "admin");
        _served.Batches.JobsOf["b-1"] = _served.Batches.Jobs = [SomeBatches.Priced(1, "Hero"), Views.Job(2, JobStage.Failed)];
        _served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, _served.Batches.Jobs, id: "b-1") with
        {
            IsSettled = true, Webhook = new BatchWebhook("https://127.0.0.1/"),
            OutputsRemovedAt = status == 410 ? Views.Start.AddYears(1) : null,
        });
        var schedule = Path.Combine(_served.Folder, "pack.yaml");
        await File.WriteAllTextAsync(schedule, Files.Pack);
        await File.WriteAllTextAsync(Path.Combine(_served.Folder, "service.conf"), """
            atlas-service.schedules = [ { name = weekly, cron = "0 7 * * MON", file = pack.yaml } ]
            """);
        string[] rates = status == 429 ? ["--rate", "0.001"] : ["--rate", "100000", "--submit-rate", "100000"];
        await _served.StartAsync(["--config", "service.conf", .. rates]);
        if (status is 422)
            await File.WriteAllTextAsync(schedule, Files.TenMistakes);
        var folder = Path.Combine(_served.Folder, "out", "b-1");
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        if (status != 410)
            await File.WriteAllTextAsync(Path.Combine(folder, "images", "job_1.png"), "0123456789");
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), "{}");
        _served.Batches.Budgets.Add(new BudgetView(
            new Budget("films", "team:films", BudgetPeriod.Day, new Usd(5)), new Usd(status == 402 ? 5 : 1), Usd.Zero, Usd.Zero, DateTimeOffset.UnixEpoch));
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (status == 200 && !(await _served.SendAsync("GET", "/v1/webhooks/deliveries")).Body.Contains(Delivery, StringComparison.Ordinal))
            await ticks.WaitForNextTickAsync(limit.Token);
        if (status is 409)
            await _served.SendAsync("POST", "/v1/estimate", Files.PackWithAudio, null, ("Idempotency-Key", "taken"));
        if (status is 429)
            await _served.SendAsync("GET", "/v1/models");
    }

    private Task<HttpResponseMessage> AskAsync(ApiOperation operation, int status)
    {
        var body = operation.Method == "POST" ? Bodies.GetValueOrDefault(operation.ToString(), "") : null;
        if (operation.Path.StartsWith(Hooks, StringComparison.Ordinal))
            return AskHooksAsync(operation, status, body!);
        var path = Fill(operation.Path);
        return status switch
        {
            200 when operation.ToString() == "POST /v1/batches" => SendAsync(operation, "/v1/batches?dry_run=true", body),
            200 or 201 or 401 or 402 or 410 or 429 => SendAsync(operation, path, body),
            206 => SendAsync(operation, path, body, headers: ("Range", "bytes=0-0")),
            304 => AskAgainAsync(operation, path),
            400 => SendAsync(operation, path + "?nonsense=1", body),
            403 => SendAsync(operation, path, body, headers: ("X-Forwarded-For", "203.0.113.5")),
            404 => SendAsync(
                operation, path.Replace("b-1", "none", StringComparison.Ordinal).Replace(Delivery, "none", StringComparison.Ordinal)
                    .Replace("weekly", "none", StringComparison.Ordinal), body),
            409 => SendAsync(operation, path, body, headers: ("Idempotency-Key", "taken")),
            413 => SendAsync(operation, path, new TooLong()),
            415 => SendAsync(operation, path, "x", "image/png"),
            416 => SendAsync(operation, path, body, headers: ("Range", "bytes=1000-")),
            422 => SendAsync(operation, path, path.StartsWith("/v1/schedules/", StringComparison.Ordinal) ? "" : Files.TenMistakes),
            503 => AskStartingAsync(operation, path, body),
            _ => throw new NotSupportedException($"Nobody knows how {operation} comes to {status}."),
        };
    }

    private async Task<HttpResponseMessage> AskAgainAsync(ApiOperation operation, string path)
    {
        using var first = await SendAsync(operation, path, body: null);
        return await SendAsync(operation, path, body: null, headers: ("If-None-Match", first.Headers.ETag!.ToString()));
    }

    private Task<HttpResponseMessage> AskHooksAsync(ApiOperation operation, int status, string body)
    {
        _served.Batches.Reply = status switch
        {
            400 => new WebhookReply.Refused(WebhookFault.BodyUnreadable),
            401 => new WebhookReply.Refused(WebhookFault.SignatureWrong),
            404 => new WebhookReply.Unknown(),
            503 => new WebhookReply.Later(),
            _ => new WebhookReply.Taken(),
        };
        return status == 413
            ? SendAsync(operation, Fill(operation.Path), new TooLong())
            : SendAsync(operation, Fill(operation.Path), body);
    }

    private async Task<HttpResponseMessage> AskStartingAsync(ApiOperation operation, string path, string? body)
    {
        await using var starting = await StartingService.StartAsync();
        var answer = await SendAsync(operation, new Uri(starting.Address, path).ToString(), body);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    private Task<HttpResponseMessage> SendAsync(
        ApiOperation operation, string path, string? body, string? type = null, params (string Name, string Value)[] headers)
    {
        var content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content!.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendAsync(operation, path, content, headers);
    }

    private async Task<HttpResponseMessage> SendAsync(
        ApiOperation operation, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(_served.Address, path)) { Content = content };
        request.Headers.ExpectContinue = content is TooLong;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(ProgramProcess.Patience);
    }

    private static IEnumerable<string> HeaderMisfits(HttpResponseMessage answer, string body)
    {
        var id = answer.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.Single() : null;
        if (!Guid.TryParse(id, out _)) yield return "has no X-Request-Id";
        if (body.Length == 0 || (int)answer.StatusCode < 400) yield break;
        var problem = JsonDocument.Parse(body).RootElement;
        if (problem.GetProperty("instance").GetString() != $"urn:uuid:{id}") yield return "is another request's problem";
        if (problem.GetProperty("status").GetInt32() != (int)answer.StatusCode) yield return "is another problem";
        if (answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter is null) yield return "says not when to come again";
    }

    private static string Fill(string path) => path
        .Replace("{batch}", "b-1", StringComparison.Ordinal).Replace("{name}", "images/job_1.png", StringComparison.Ordinal)
        .Replace("{job}", "1", StringComparison.Ordinal).Replace("{submission}", "1", StringComparison.Ordinal)
        .Replace("{token}", "t0ken", StringComparison.Ordinal).Replace("{delivery}", Delivery, StringComparison.Ordinal)
        .Replace("{schedule}", "weekly", StringComparison.Ordinal);

    /// <summary>Longer than anything that is taken; it is refused before any of it is sent.</summary>
    private sealed class TooLong : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new InvalidOperationException("The service wants to have it.");

        protected override bool TryComputeLength(out long length)
        {
            length = 2L << 30;
            return true;
        }
    }
}
