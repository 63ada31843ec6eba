using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Simulator;

namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>A running simulator with a clock of its own, and a plain HTTP client that calls it.</summary>
internal sealed class AtlasCaller : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    private AtlasCaller(AtlasSimulator simulator, ManualClock clock, string key)
    {
        (Simulator, Clock) = (simulator, clock);
        UseKey(key);
    }

    public AtlasSimulator Simulator { get; }

    public ManualClock Clock { get; }

    public HttpClient Http => _http;

    public static async Task<AtlasCaller> StartAsync(
        SimulatorOptions? options = null, ManualClock? clock = null, string key = "apikey-1")
    {
        clock ??= new ManualClock();
        var simulator = await AtlasSimulator.StartAsync((options ?? new SimulatorOptions()) with { Clock = clock });
        return new AtlasCaller(simulator, clock, key);
    }

    public void UseKey(string key) =>
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    public static JsonObject Image(string prompt = "a quiet lake", params (string Name, JsonNode Value)[] fields) =>
        Body("black-forest-labs/flux-2-pro/text-to-image", prompt, fields);

    public static JsonObject Video(string prompt = "waves", params (string Name, JsonNode Value)[] fields) =>
        Body("bytedance/seedance-v1.5-pro/text-to-video", prompt, fields);

    public Task<HttpResponseMessage> PostAsync(string path, JsonObject body) =>
        PostAsync(path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        _http.PostAsync(new Uri(Simulator.BaseUrl + path), content);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(Simulator.BaseUrl + path));

    /// <summary>Asks at a path of the host itself, outside of the media API.</summary>
    public Task<HttpResponseMessage> GetAtHostAsync(string path) =>
        _http.GetAsync(new Uri(Simulator.BaseUrl, path));

    /// <summary>Submits a job and returns its id, as the real form has it.</summary>
    public async Task<string> SubmitAsync(string path, JsonObject body) =>
        (string)(await ReadAsync(await PostAsync(path, body)))["data"]!["id"]!;

    /// <summary>Submits an image and returns its id, as the real form has it.</summary>
    public async Task<string> SubmitImageAsync(string prompt = "a quiet lake", params (string, JsonNode)[] fields)
    {
        var answer = await ReadAsync(await PostAsync("/model/generateImage", Image(prompt, fields)));
        return answer["data"]!["id"]!.GetValue<string>();
    }

    public async Task<string> SubmitVideoAsync(string prompt = "waves", params (string, JsonNode)[] fields)
    {
        var answer = await ReadAsync(await PostAsync("/model/generateVideo", Video(prompt, fields)));
        return answer["data"]!["id"]!.GetValue<string>();
    }

    /// <summary>The <c>data</c> of a poll.</summary>
    public async Task<JsonObject> PollAsync(string id) =>
        (await ReadAsync(await GetAsync($"/model/prediction/{id}")))["data"]!.AsObject();

    /// <summary>Lets every generation end, and returns the address of the first output.</summary>
    public async Task<Uri> FinishAsync(string id)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        return new Uri((await PollAsync(id))["outputs"]![0]!.GetValue<string>());
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Simulator.DisposeAsync();
    }

    private static JsonObject Body(string model, string prompt, (string Name, JsonNode Value)[] fields)
    {
        var body = new JsonObject { ["model"] = model, ["prompt"] = prompt };
        foreach (var (name, value) in fields) body[name] = value;
        return body;
    }
}
