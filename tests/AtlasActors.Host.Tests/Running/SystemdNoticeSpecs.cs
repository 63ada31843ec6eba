using System.Net.Sockets;
using System.Text;
using AtlasActors.Host.Running;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

/// <summary>What a unit with <c>Type=notify</c> is told.</summary>
public sealed class SystemdNoticeSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_service_says_when_it_serves_when_it_reads_its_configuration_again_and_when_it_stops()
    {
        var path = _folder.File("notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(path));
        await using var served = new ServedBatches();
        served.Variables["NOTIFY_SOCKET"] = path;
        await served.StartAsync();
        Assert.StartsWith("READY=1\nSTATUS=", await HeardAsync(), StringComparison.Ordinal);

        await served.HangUpAsync("was read again");
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*$", await HeardAsync());
        Assert.StartsWith("READY=1\n", await HeardAsync(), StringComparison.Ordinal);

        await served.StopAsync();
        Assert.StartsWith("STOPPING=1\n", await HeardAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nowhere")]
    [InlineData("@abstract-and-not-there")]
    public void Where_nobody_listens_nothing_happens(string? socket) => new SystemdNotice(_ => socket).Ready("Serving");

    private async Task<string> HeardAsync()
    {
        using var patience = new CancellationTokenSource(ProgramProcess.Patience);
        var bytes = new byte[1000];
        return Encoding.UTF8.GetString(bytes, 0, await _systemd.ReceiveAsync(bytes, SocketFlags.None, patience.Token));
    }
}
