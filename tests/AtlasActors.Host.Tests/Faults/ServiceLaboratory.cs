using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>
/// The real program as a service, with callers who all come at once; ended again and again while it works, and started again.
/// Every second batch is the films', who have a budget. A schedule fires meanwhile.
/// </summary>
internal sealed class ServiceLaboratory : IAsyncDisposable
{
    /// <summary>How often the schedule fires.</summary>
    public const int SecondsBetweenFirings = 3;

    /// <summary>Of one job, US dollars.</summary>
    public const decimal Price = 0.04m;

    /// <summary>Generations in flight, over all batches.</summary>
    public const int MostInFlight = 40;

    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>What the batches of the schedule ask for.</summary>
    public const string ScheduledPrompt = "the hour strikes";

    private const string Schedule = "tick";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ProgramRuns _runs = new();
    private readonly AtlasSimulator _atlas;
    private readonly ServiceOrder _order;
    private ProgramProcess? _program;
    private Uri? _address;

    private ServiceLaboratory(ServiceOrder order, AtlasSimulator atlas, Receiver receiver)
    {
        (_order, _atlas, Receiver) = (order, atlas, receiver);
        _runs.With("ATLASCLOUD_BASE_URL", atlas.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests")
            .With("ATLAS_ALLOW_PRIVATE_ADDRESSES", "1").With("ATLAS_WEBHOOK_SECRET", Secret);
        File.WriteAllText(_runs.File($"{Schedule}.yaml"), $$"""
            jobs: [ { name: tick, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: "{{ScheduledPrompt}}", width: 64, height: 64, retries: 0 } ]
            """);
    }

    public Receiver Receiver { get; }

    public SeenTraffic Seen => _atlas.Seen;

    /// <summary>How often a caller was told that the budget has no room.</summary>
    public int Refusals => _refusals;

    private int _refusals;

    public static async Task<ServiceLaboratory> OpenAsync(ServiceOrder order) => new(
        order, await AtlasSimulator.StartAsync(new SimulatorOptions { Speed = 2000, Seed = order.Seed }), await Receiver.StartAsync());

    public static bool IsFilms(int batch) => batch % 2 == 0;

    /// <summary>Starts the service, with this budget for films.</summary>
    public async Task StartAsync(decimal budget)
    {
        await File.WriteAllTextAsync(_runs.File("service.conf"), string.Create(CultureInfo.InvariantCulture, $$"""
            atlas-actors {
              account-limit = {{MostInFlight}}
              budgets = [{ name = films, label = "team:films", per = total, limit = {{budget}} }]
            }
            atlas-service.schedules = [
              { name = {{Schedule}}, cron = "*/{{SecondsBetweenFirings}} * * * * ?", file = "{{Schedule}}.yaml", overlap = allow, misfire = all }
            ]
            """));
        _program = _runs.Start(
            "serve", "out", "--listen", "http://127.0.0.1:0", "--config", "service.conf", "--webhook", Receiver.Url.ToString(),
            "--rate", "10000", "--submit-rate", "1000");
        await _program.SeesAsync("Serving");
        Volatile.Write(ref _address, new Uri(Regex.Match(_program.Out, @"http://\S+?(?=;)").Value));
    }

    /// <summary>Ends it, by <c>kill -9</c> or by SIGTERM.</summary>
    public async Task EndAsync(bool isKill)
    {
        if (isKill) Signals.Kill(_program!);
        else Signals.Terminate(_program!);
        try
        {
            var code = await _program!.EndsAsync();
            Assert.True(code == (isKill ? 137 : 0), $"{code}: {_program.Out} {_program.Error}");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It does not end: {_program!.Out} {_program.Error}");
        }
    }

    /// <summary>A caller: posts a batch under its own key until it is taken on, whatever comes between; its id.</summary>
    public async Task<string> SubmitAsync(int batch)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            if (await PostAsync(batch) is { } id) return id;
            await ticks.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Has the schedule fire no more, and the instants of the batches that it began, once all of them have ended.</summary>
    public async Task<IReadOnlyList<DateTime>> EndScheduleAsync()
    {
        using (var answer = await _client.PostAsync(new Uri(_address!, $"/v1/schedules/{Schedule}/pause"), null))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        IReadOnlyList<JsonElement> batches = [];
        await UntilAsync(async () =>
        {
            batches = [.. (await GetAsync($"/v1/batches?label=schedule:{Schedule}&limit=500")).GetProperty("batches").EnumerateArray()];
            return batches.All(batch => batch.GetProperty("state").GetString() == "finished");
        });
        // An id begins with its instant.
        return [.. batches.Select(batch => batch.GetProperty("id").GetString()!).Select(id => DateTime.ParseExact(
            id[..15], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)).Order()];
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri(_address!, path)));
        return document.RootElement.Clone();
    }

    /// <summary>Completes when it holds; asked some times a second.</summary>
    public async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await holds())
        {
            Assert.False(_program!.HasEnded, $"It ended by itself: {_program.Out} {_program.Error}");
            await ticks.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Where a batch's results are.</summary>
    public ResultFolder ResultsOf(string id) => new(_runs.Folder, Path.Combine("out", id));

    public async ValueTask DisposeAsync()
    {
        await _runs.DisposeAsync();
        await _atlas.DisposeAsync();
        await Receiver.DisposeAsync();
        _client.Dispose();
    }

    private TimeSpan Patience => ProgramProcess.Patience + TimeSpan.FromSeconds(0.2 * _order.AllJobs);

    /// <summary>The id; null where nobody answered, or where there was no room.</summary>
    private async Task<string?> PostAsync(int batch)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Volatile.Read(ref _address)!, "/v1/batches"));
            request.Content = new StringContent(TextOf(batch), Encoding.UTF8, "application/yaml");
            request.Headers.Add("Idempotency-Key", $"batch {batch}");
            using var answer = await _client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.PaymentRequired) Interlocked.Increment(ref _refusals);
            if (answer.StatusCode is HttpStatusCode.PaymentRequired or HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict)
                return null;
            Assert.True(answer.StatusCode == HttpStatusCode.Created, body);
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("batch").GetProperty("id").GetString();
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // It was ended just then, and comes again.
            return null;
        }
    }

    private string TextOf(int batch)
    {
        var text = new StringBuilder($$"""
            max_workers: 20
            retries: 0
            max_wait: 1h
            poll: { initial: 20ms, multiplier: 1.5, max: 200ms }
            labels: { team: {{(IsFilms(batch) ? "films" : "shop")}} }
            jobs:

            """);
        for (var job = 1; job <= _order.Jobs; job++)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  - {{ name: job {job}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: \"job {job} of {batch}\", width: 64, height: 64 }}");
        return text.ToString();
    }
}
