using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>
/// The real program as a service, in a process of its own: behind a gateway to a simulator, and behind an entrance by
/// which that calls back.
/// </summary>
internal sealed class ServedRuns : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ProgramRuns _runs = new();
    private readonly AtlasSimulator _atlas;

    private ServedRuns(AtlasSimulator atlas, Gateway gateway, Entrance entrance)
    {
        (_atlas, Gateway, Entrance) = (atlas, gateway, entrance);
        _runs.With("ATLASCLOUD_BASE_URL", gateway.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
    }

    public Gateway Gateway { get; }

    public Entrance Entrance { get; }

    public SeenTraffic Seen => _atlas.Seen;

    /// <summary>The folder that is served.</summary>
    public string Out => _runs.File("out");

    public static async Task<ServedRuns> StartAsync()
    {
        var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions
        {
            Speed = 1000, AllowPrivateWebhooks = true, WebhookAttempts = 12, WebhookRetryDelay = TimeSpan.FromMilliseconds(50),
        });
        return new ServedRuns(atlas, await Gateway.StartAsync(atlas.BaseUrl), await Entrance.StartAsync());
    }

    public ServedRuns With(string variable, string value)
    {
        _runs.With(variable, value);
        return this;
    }

    /// <summary>Starts the service; the entrance leads to it from now on.</summary>
    public async Task<ProgramProcess> ServeAsync(params string[] more)
    {
        var program = _runs.Start(
            ["serve", "out", "--listen", "http://127.0.0.1:0", "--public-url", Entrance.PublicUrl.ToString(), .. more]);
        Entrance.Target = await AddressOfAsync(program);
        return program;
    }

    /// <summary>Writes a file into the folder in which the service is started.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_runs.File(name), text);

    /// <summary>Has something done that takes no body.</summary>
    public async Task<int> DoAsync(string path)
    {
        using var answer = await _client.PostAsync(new Uri(Entrance.Target!, path), null);
        return (int)answer.StatusCode;
    }

    /// <summary>A service that plays both sides.</summary>
    public Task<ProgramProcess> RehearseAsync(string logLevel = "warning") =>
        RehearseAsync(["--log-level", logLevel, "--rate", "10000"]);

    /// <summary>The same, with a configuration of its own.</summary>
    public async Task<ProgramProcess> RehearseWithAsync(string hocon)
    {
        await ConfigureAsync(hocon);
        return await RehearseAsync(["--config", "service.conf"]);
    }

    /// <summary>Writes the file that a service was, or is to be, started with.</summary>
    public Task ConfigureAsync(string hocon) => File.WriteAllTextAsync(_runs.File("service.conf"), hocon);

    private async Task<ProgramProcess> RehearseAsync(string[] more)
    {
        var program = _runs.Start(
            ["serve", "out", "--simulate", "--speed", "1000", "--listen", "http://127.0.0.1:0", .. more]);
        Entrance.Target = await AddressOfAsync(program);
        return program;
    }

    /// <summary>Has a batch of pictures taken on, to be made one by one, and returns its id.</summary>
    public Task<string> BeginAsync(params string[] prompts) => BeginAsync(1, prompts);

    /// <summary>The same with so many of them at once.</summary>
    public async Task<string> BeginAsync(int workers, params string[] prompts)
    {
        var jobs = prompts.Select((prompt, i) =>
            $"  - {{ name: Picture {i + 1}, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: \"{prompt}\", width: 64, height: 64 }}\n");
        using var body = new StringContent($"max_workers: {workers}\nlabels: {{ team: films }}\njobs:\n{string.Concat(jobs)}", Encoding.UTF8, "application/yaml");
        using var answer = await _client.PostAsync(new Uri(Entrance.Target!, "/v1/batches"), body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 201, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("batch").GetProperty("id").GetString()!;
    }

    /// <summary>Posts a batch file under an <c>Idempotency-Key</c>: the status, where the batch is, and the body.</summary>
    public async Task<(int Status, string? Location, string Body)> PostAsync(string key, string batch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Entrance.Target!, "/v1/batches"));
        request.Content = new StringContent(batch, Encoding.UTF8, "application/yaml");
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await _client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The batch, once it has come to rest with so many jobs in a stage.</summary>
    public async Task<JsonElement> RestsAsync(string id, string stage, int count)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var batch = await GetAsync($"/v1/batches/{id}");
            if (batch.GetProperty("state").GetString() == "finished"
                && batch.GetProperty("counts").TryGetProperty(stage, out var counted) && counted.GetInt32() == count)
                return batch;
            try
            {
                await ticks.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It never rested with {count} {stage}: {batch}, calls answered {string.Join(", ", Entrance.Answers)}");
            }
        }
    }

    /// <summary>Sends a batch file, and returns the answer.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string file)
    {
        using var body = new StringContent(file, Encoding.UTF8, "application/yaml");
        using var answer = await _client.PostAsync(new Uri(Entrance.Target!, "/v1/batches"), body);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await GetTextAsync(path)).RootElement;

    public Task<string> GetTextAsync(string path) => _client.GetStringAsync(new Uri(Entrance.Target!, path));

    /// <summary>All of a batch's jobs succeeded, each was submitted and charged once, nothing is in doubt, and the files are there.</summary>
    public void AssertPaidOnce(JsonElement batch, int jobs)
    {
        Assert.Equal(jobs, Seen.SubmitRequests);
        Assert.Equal(jobs, Seen.Submissions.Count);
        var money = batch.GetProperty("money");
        Assert.Equal(Seen.Charged, money.GetProperty("charged").GetDecimal());
        Assert.Equal((0, 0), (money.GetProperty("in_doubt").GetDecimal(), money.GetProperty("reserved").GetDecimal()));
        var folder = batch.GetProperty("output_dir").GetString()!;
        Assert.Equal(jobs, Directory.GetFiles(Path.Combine(folder, "images"), "*.png").Length);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        Assert.Equal(jobs, manifest.RootElement.GetProperty("successful").GetInt32());
        Assert.Equal(Seen.Charged, manifest.RootElement.GetProperty("total_cost").GetDecimal());
    }

    public async ValueTask DisposeAsync()
    {
        Entrance.Open();
        await _runs.DisposeAsync();
        await _atlas.DisposeAsync();
        await Gateway.DisposeAsync();
        await Entrance.DisposeAsync();
        _client.Dispose();
    }

    private static async Task<Uri> AddressOfAsync(ProgramProcess program)
    {
        try
        {
            await program.SeesAsync("Serving");
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It does not serve: {program.Out} {program.Error}");
        }
        return new Uri(Regex.Match(program.Out, @"http://\S+?(?=;)").Value);
    }
}
