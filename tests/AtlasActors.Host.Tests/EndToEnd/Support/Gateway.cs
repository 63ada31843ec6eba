using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>What a gateway does at a moment.</summary>
internal abstract record Deed
{
    private Deed() { }

    public static Deed PassOn { get; } = new On();

    /// <summary>Breaks the connection.</summary>
    public static Deed Cut { get; } = new Off();

    /// <summary>Says nothing until the caller hangs up.</summary>
    public static Deed Hang { get; } = new Silence();

    /// <summary>Answers in the server's place.</summary>
    public sealed record Say(int Status, string ContentType, string Body) : Deed;

    private sealed record On : Deed;

    private sealed record Off : Deed;

    private sealed record Silence : Deed;
}

/// <summary>
/// Stands between the program and an API, passes everything on, and asks at each <see cref="Moment"/> what to do: the
/// request waits for the answer, so that whatever is done to the program is done at just that moment.
/// </summary>
internal sealed class Gateway : IAsyncDisposable
{
    private static readonly HashSet<string> OfOneConnection =
        new(["Connection", "Transfer-Encoding", "Keep-Alive"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _underWay = [];
    private readonly ConcurrentDictionary<RequestKind, int> _counts = [];
    private readonly Uri _upstream;
    private LocalServer? _server;

    private Gateway(Uri upstream) => _upstream = upstream;

    /// <summary>Asked at every moment.</summary>
    public Func<Moment, Task<Deed>> At { get; set; } = _ => Task.FromResult(Deed.PassOn);

    /// <summary>The bodies of submissions, by their number.</summary>
    public ConcurrentDictionary<int, string> Bodies { get; } = [];

    public Uri BaseUrl => new(_server!.Origin, "/api/v1");

    public static async Task<Gateway> StartAsync(Uri upstream)
    {
        var gateway = new Gateway(upstream);
        gateway._server = await LocalServer.StartAsync(gateway.PassAsync);
        return gateway;
    }

    public int Count(RequestKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Counts from 1 again.</summary>
    public void CountAnew() => _counts.Clear();

    /// <summary>Completes when no request is under way.</summary>
    public async Task QuietAsync()
    {
        while (!_underWay.IsEmpty)
            await Task.WhenAll(_underWay.Values.Select(request => request.Task));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        var id = Guid.NewGuid();
        var over = _underWay[id] = new TaskCompletionSource();
        try
        {
            await AnswerAsync(context);
        }
        catch (HttpRequestException)
        {
            // The server broke off, and so do we.
            context.Abort();
        }
        finally
        {
            _underWay.TryRemove(id, out _);
            over.SetResult();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var kind = KindOf(context.Request);
        var number = _counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
        using var request = await CopyAsync(context.Request);
        if (kind == RequestKind.Submission)
            Bodies[number] = await request.Content!.ReadAsStringAsync();
        if (await IsCutAsync(context, new Moment(kind, number, Point.Arrived))) return;
        using var answer = await _client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (await IsCutAsync(context, new Moment(kind, number, Point.Taken))) return;
        CopyHead(answer, context.Response);
        if (kind == RequestKind.Download)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
            await context.Response.Body.FlushAsync();
            if (await IsCutAsync(context, new Moment(kind, number, Point.Half))) return;
            body = body[(body.Length / 2)..];
        }
        await context.Response.Body.WriteAsync(body);
        await context.Response.CompleteAsync();
        await IsCutAsync(context, new Moment(kind, number, Point.Answered));
    }

    private async Task<bool> IsCutAsync(HttpContext context, Moment moment)
    {
        switch (await At(moment))
        {
            case Deed.Say say:
                context.Response.StatusCode = say.Status;
                context.Response.ContentType = say.ContentType;
                await context.Response.WriteAsync(say.Body);
                return true;
            case var deed when deed == Deed.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return true;
            case var deed when deed == Deed.Cut:
                context.Abort();
                return true;
            default:
                return false;
        }
    }

    private static RequestKind KindOf(HttpRequest request) =>
        request.Method == HttpMethods.Post ? RequestKind.Submission
        : request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? RequestKind.Poll
        : RequestKind.Download;

    private async Task<HttpRequestMessage> CopyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var copy = new HttpRequestMessage(
            new HttpMethod(request.Method), new Uri(_upstream, request.Path + request.QueryString));
        if (body.Length > 0)
            copy.Content = new ByteArrayContent(body.ToArray());
        // The host goes along: the links in the answers then lead back to here.
        foreach (var (name, values) in request.Headers.Where(header => !OfOneConnection.Contains(header.Key)))
            if (!copy.Headers.TryAddWithoutValidation(name, [.. values]))
                copy.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        return copy;
    }

    private static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (!OfOneConnection.Contains(name))
                response.Headers[name] = values.ToArray();
    }
}
