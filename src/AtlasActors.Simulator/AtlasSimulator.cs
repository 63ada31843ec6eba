using System.Net;
using AtlasActors.Simulator.Http;
using AtlasActors.Simulator.Journals;
using AtlasActors.Simulator.Predictions;
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

    private AtlasSimulator(WebApplication app, SimulatorJournal? journal, SeenTraffic seen)
    {
        (_app, _journal, Seen) = (app, journal, seen);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        BaseUrl = Reachable(new Uri(address));
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
        var prices = new PriceTable(options.Prices);
        var book = new PredictionBook(options, prices, journal);
        var seen = new SeenTraffic(book);
        var app = SimulatorApp.Build(options, book, prices, seen);
        try
        {
            await app.StartAsync(cancellationToken);
            return new AtlasSimulator(app, journal, seen);
        }
        catch (Exception failure)
        {
            await app.DisposeAsync();
            journal?.Dispose();
            if (Explain(options, failure) is { } sentence) throw new SimulatorStartException(sentence, failure);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _journal?.Dispose();
    }

    private static string? Explain(SimulatorOptions options, Exception failure) => failure switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"Port {options.Port} on {options.Address} is in use; choose another, or 0 for any that is free.",
        IOException or System.Net.Sockets.SocketException =>
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
