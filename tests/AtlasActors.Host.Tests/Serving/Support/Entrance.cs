using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>
/// The reverse proxy before the service: an address that stays while services come and go. Calls wait until it is opened.
/// </summary>
internal sealed class Entrance : IAsyncDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<int> _answers = [];
    private LocalServer? _server;

    public Uri PublicUrl => _server!.Origin;

    /// <summary>The service of the moment.</summary>
    public Uri? Target { get; set; }

    /// <summary>What the calls were answered with, in order.</summary>
    public IReadOnlyList<int> Answers
    {
        get
        {
            lock (_answers) return [.. _answers];
        }
    }

    public static async Task<Entrance> StartAsync()
    {
        var entrance = new Entrance();
        entrance._server = await LocalServer.StartAsync(entrance.PassAsync);
        return entrance;
    }

    /// <summary>Lets calls through from now on.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Completes when a call was answered well.</summary>
    public Task TakenAsync() => _taken.Task.WaitAsync(ProgramProcess.Patience);

    public async ValueTask DisposeAsync()
    {
        Open();
        await _server!.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await _opened.Task.WaitAsync(context.RequestAborted);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Target!, context.Request.Path))
        {
            Content = new ByteArrayContent(body.ToArray()),
        };
        foreach (var (name, values) in context.Request.Headers)
            if (name.StartsWith("X-", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, [.. values]);
        // As a proxy does: this does not come from here.
        request.Headers.Host = "media.example.org";
        request.Headers.Add("X-Forwarded-For", "203.0.113.5");
        using var answer = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        lock (_answers) _answers.Add((int)answer.StatusCode);
        if (answer.IsSuccessStatusCode) _taken.TrySetResult();
    }
}
