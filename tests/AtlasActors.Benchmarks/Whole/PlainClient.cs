using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>The three requests of a job, and nothing else.</summary>
internal sealed class PlainClient : IDisposable
{
    private readonly HttpClient _client;
    private readonly string _base;

    public PlainClient(Uri baseUrl, int connections)
    {
        _base = baseUrl.ToString();
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = connections });
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "apikey-of-the-benchmark");
    }

    /// <summary>The prediction.</summary>
    public async Task<string> SubmitAsync(int job)
    {
        using var body = new StringContent(WholeOrder.Body(job), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(_base + "/model/generateImage", body);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.GetProperty("data").GetProperty("id").GetString()!;
    }

    /// <summary>The address of what was made; null while it is not.</summary>
    public async Task<string?> PollAsync(string prediction)
    {
        using var document = JsonDocument.Parse(await _client.GetByteArrayAsync($"{_base}/model/prediction/{prediction}"));
        var data = document.RootElement.GetProperty("data");
        return data.GetProperty("status").GetString() == "completed" ? data.GetProperty("outputs")[0].GetString() : null;
    }

    /// <summary>Fetches it and writes it.</summary>
    public async Task SaveAsync(string address, string path)
    {
        using var answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var file = File.Create(path);
        await answer.Content.CopyToAsync(file);
    }

    public void Dispose() => _client.Dispose();
}
