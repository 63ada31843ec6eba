using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>A webhook as its receiver has it.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body, string Path)
{
    public JsonElement Document => JsonDocument.Parse(Body).RootElement;

    public string Type => Document.GetProperty("type").GetString()!;

    public JsonElement Of => Document.GetProperty("data");

    /// <summary>Whether it is signed with a secret; worked out here by what the standard says, not by what the program does.</summary>
    public bool IsSignedWith(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(Id + "." + Timestamp + "." + Body)));
        return Signature.Split(' ').Contains("v1," + expected);
    }
}

/// <summary>Somebody who is told by webhook, notes all of it, and answers as a test wants.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Received> _all = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer? _server;

    /// <summary>Answers; 204 unless a test says otherwise.</summary>
    public Func<HttpContext, Received, Task> Answer { get; set; } = (context, _) =>
    {
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    };

    public Uri Url => new(_server!.Origin, "/hooks?key=s3cret");

    /// <summary>All that came, in order, whatever was answered.</summary>
    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        receiver._server = await LocalServer.StartAsync(receiver.TakeAsync);
        return receiver;
    }

    /// <summary>Has everything answered with a status from now on.</summary>
    public void AnswerWith(int status, params (string Name, string Value)[] headers) => Answer = (context, _) =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    /// <summary>All that came, once it is enough.</summary>
    public async Task<IReadOnlyList<Received>> HasAsync(Func<IReadOnlyList<Received>, bool> isEnough)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        while (true)
        {
            Task more;
            lock (_gate) more = _more.Task;
            if (All is var all && isEnough(all)) return all;
            try
            {
                await more.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Only this came: {string.Join('\n', All.Select(one => one.Id + " " + one.Body))}");
            }
        }
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        var received = new Received(
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
            await reader.ReadToEndAsync(), context.Request.Path);
        TaskCompletionSource more;
        lock (_gate)
        {
            _all.Add(received);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        more.SetResult();
        await Answer(context, received);
    }
}
