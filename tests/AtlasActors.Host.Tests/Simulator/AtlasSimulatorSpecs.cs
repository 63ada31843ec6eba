using System.Net;
using System.Net.Sockets;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class AtlasSimulatorSpecs
{
    [Fact]
    public async Task It_listens_on_loopback_at_a_free_port()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        Assert.Equal("127.0.0.1", atlas.Simulator.BaseUrl.Host);
        Assert.Equal("/api/v1", atlas.Simulator.BaseUrl.AbsolutePath);
        Assert.NotEqual(0, atlas.Simulator.BaseUrl.Port);
    }

    [Fact]
    public async Task A_port_in_use_is_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var failure = await Assert.ThrowsAsync<SimulatorStartException>(
            () => AtlasSimulator.StartAsync(new SimulatorOptions { Port = port }));

        Assert.Equal(
            $"Port {port} on 127.0.0.1 is in use; choose another, or 0 for any that is free.", failure.Message);
    }

    [Fact]
    public async Task An_address_that_this_machine_does_not_have_is_a_sentence()
    {
        var failure = await Assert.ThrowsAsync<SimulatorStartException>(
            () => AtlasSimulator.StartAsync(new SimulatorOptions { Address = IPAddress.Parse("192.0.2.1") }));

        Assert.Contains("192.0.2.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_all_named_at_once()
    {
        var options = new SimulatorOptions
        {
            Speed = 0,
            Port = 70_000,
            Faults = new FaultOptions { Poll503Rate = 1.5 },
        };

        var failure = await Assert.ThrowsAsync<SimulatorStartException>(() => AtlasSimulator.StartAsync(options));

        Assert.Contains("70000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("speed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Poll503Rate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_disposed_of_it_answers_nobody_and_a_second_time_does_nothing()
    {
        var atlas = await AtlasCaller.StartAsync();
        await atlas.Simulator.DisposeAsync();
        await atlas.Simulator.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => atlas.GetAsync("/models"));
        await atlas.DisposeAsync();
    }

    [Fact]
    public async Task Five_hundred_jobs_at_once_are_served_to_the_end()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            job => atlas.SubmitImageAsync($"product {job}", ("width", 64), ("height", 64))));
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        var pictures = await Task.WhenAll(ids.Select(async id =>
            await atlas.Http.GetByteArrayAsync(new Uri((string)(await atlas.PollAsync(id))["outputs"]![0]!))));

        Assert.Equal(500, ids.Distinct().Count());
        Assert.All(pictures, picture => Assert.Equal(64, DecodedPng.Read(picture).Width));
        Assert.Equal(20.00m, atlas.Simulator.Seen.Charged);
        Assert.Equal(0, atlas.Simulator.Seen.InFlight);
    }
}
