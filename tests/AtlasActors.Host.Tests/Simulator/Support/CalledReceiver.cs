using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AtlasActors.Host.Tests.Simulator.Support;

/// <summary>A call as it came in.</summary>
internal sealed record ReceivedCall(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const string Prefix = "X-AtlasCloud-Webhook-";

    /// <summary>One of Atlas's headers, by the last part of its name.</summary>
    public string this[string name] => Headers[Prefix + name];
}

/// <summary>A web server that is called: it keeps every call, and answers as it was told.</summary>
internal sealed class CalledReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ReceivedCall> _calls = Channel.CreateUnbounded<ReceivedCall>();
    private readonly Queue<int> _statuses;
    private readonly WebApplication _app;

    private CalledReceiver(IEnumerable<int> statuses)
    {
        _statuses = new Queue<int>(statuses);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string Url => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook?token=1";

    /// <summary>Answers with these statuses in turn, and with 204 from then on.</summary>
    public static async Task<CalledReceiver> StartAsync(params int[] statuses)
    {
        var receiver = new CalledReceiver(statuses);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next call, however long it takes within reason.</summary>
    public async Task<ReceivedCall> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _calls.Reader.ReadAsync(patience.Token);
    }

    /// <summary>How many calls have come that nobody has looked at.</summary>
    public int Waiting => _calls.Reader.Count;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        context.Response.StatusCode = _statuses.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent;
        _calls.Writer.TryWrite(new ReceivedCall(headers, body.ToArray()));
    }
}
