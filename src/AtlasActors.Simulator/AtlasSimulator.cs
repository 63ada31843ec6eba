using System.Net;
using System.Net.Sockets;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Journals;
using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AtlasActors.Simulator;

/// <summary>A local Atlas Cloud, running until it is disposed of.</summary>
public sealed class AtlasSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SimulatorJournal? _journal;
    private bool _isDisposed;

    private AtlasSimulator(WebApplication app, SimulatorJournal? journal, SeenTraffic seen)
    {
        (_app, _journal, Seen) = (app, journal, seen);
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        BaseUrl = Reachable(new Uri(bound.Addresses.First()));
    }

    /// <summary>The API's address, as a client's base URL: <c>http://127.0.0.1:PORT/api/v1</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>What it has been asked, and what it has charged.</summary>
    public SeenTraffic Seen { get; }

    /// <exception cref="SimulatorStartException">
    /// The options contradict themselves, the port is taken, or the journal cannot be read.
    /// </exception>
    public static async Task<AtlasSimulator> StartAsync(
        SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        if (options.Objections().ToArray() is { Length: > 0 } objections)
            throw new SimulatorStartException(string.Join(' ', objections));
        var journal = options.JournalFile is { } path ? SimulatorJournal.Open(path) : null;
        WebApplication? app = null;
        try
        {
            var prices = new PriceTable(options.Prices);
            var book = new PredictionBook(options, prices, journal);
            var seen = new SeenTraffic(book);
            app = await ListenAsync(
                options, journal?.LastPort, port => SimulatorApp.Build(options, port, book, prices, seen),
                cancellationToken);
            var simulator = new AtlasSimulator(app, journal, seen);
            journal?.RememberPort(simulator.BaseUrl.Port);
            simulator.CallAgain(book);
            return simulator;
        }
        catch (Exception failure)
        {
            if (app is not null) await app.DisposeAsync();
            journal?.Dispose();
            if (Explain(options, failure) is { } sentence) throw new SimulatorStartException(sentence, failure);
            throw;
        }
    }

    /// <summary>Signs webhooks by a new key from here on; the one before stays published.</summary>
    public void RotateWebhookKey() => _app.Services.GetRequiredService<WebhookKeys>().Rotate();

    /// <summary>Stops it; requests under way have two seconds to end. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _journal?.Dispose();
    }

    // What an earlier run ended without having called.
    private void CallAgain(PredictionBook book)
    {
        var post = _app.Services.GetRequiredService<WebhookPost>();
        foreach (var tracked in book.NotCalled())
            post.Schedule(tracked, BaseUrl.GetLeftPart(UriPartial.Authority));
    }

    // On the last run's port the addresses of its outputs stay good. Somebody else may have the port by now.
    private static async Task<WebApplication> ListenAsync(
        SimulatorOptions options, int? lastPort, Func<int, WebApplication> build, CancellationToken cancellationToken)
    {
        if (options.Port == 0 && lastPort is { } port)
        {
            try
            {
                return await StartAsync(build(port), cancellationToken);
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException)
            {
                // Then any port will do.
            }
        }

        return await StartAsync(build(options.Port), cancellationToken);
    }

    private static async Task<WebApplication> StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static string? Explain(SimulatorOptions options, Exception failure) => failure switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {options.Port} on {options.Address} is in use; choose another, or 0 for any that is free.",
        IOException or SocketException =>
            $"The simulator cannot listen on {options.Address}, port {options.Port}: {failure.Message}",
        _ => null,
    };

    // A server that listens everywhere is reached from here by loopback.
    private static Uri Reachable(Uri address)
    {
        var builder = new UriBuilder(address) { Path = AnswerForms.Root };
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
            && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            builder.Host = IPAddress.Loopback.ToString();
        return builder.Uri;
    }
}
