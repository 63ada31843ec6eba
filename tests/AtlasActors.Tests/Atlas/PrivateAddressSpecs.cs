using System.Net;
using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Outputs' addresses come from outside, and lead to the internet alone.</summary>
public class PrivateAddressSpecs
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::192.168.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void These_are_not_of_the_internet(string address) => Assert.False(NetworkAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("192.167.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    public void These_are(string address) => Assert.True(NetworkAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData(null)]
    [InlineData("api.example")]
    public async Task Nothing_is_asked_of_this_machine_when_the_API_is_elsewhere(string? api)
    {
        await using var server = new ScriptedServer(_ => throw new InvalidOperationException("It was asked."));
        using var downloads = new OutputDownloads(new OutputDownloadOptions { TrustedHost = api }, TimeProvider.System);
        using var folder = new TempFolder();

        foreach (var host in new[] { "127.0.0.1", "localhost", "[::ffff:127.0.0.1]" })
        {
            var url = new UriBuilder(server.Url) { Host = host, Path = "/a.png" }.Uri.ToString();
            var answer = await downloads.DownloadAsync(
                new DownloadOrder(url, folder["a"], folder["a.part"], MediaKind.Image), CancellationToken.None);

            Assert.Contains("private network", Assert.IsType<DownloadAnswer.Gone>(answer).Failure.Message, StringComparison.Ordinal);
            Assert.False(await downloads.IsThereAsync(url, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("api.example", true)]
    public async Task This_machine_is_asked_when_the_API_is_here_or_when_that_is_allowed(string api, bool isAllowed)
    {
        await using var server = new ScriptedServer(_ => new Reply(200, []));
        using var downloads = new OutputDownloads(
            new OutputDownloadOptions { TrustedHost = api, AllowPrivateAddresses = isAllowed }, TimeProvider.System);

        Assert.True(await downloads.IsThereAsync(new Uri(server.Url, "/a.png").ToString(), CancellationToken.None));
    }
}
