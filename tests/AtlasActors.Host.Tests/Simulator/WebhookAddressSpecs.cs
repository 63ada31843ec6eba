using AtlasActors.Simulator.Webhooks;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class WebhookAddressSpecs
{
    [Theory]
    [InlineData("https://hooks.example.com/atlas?token=1", true)]
    [InlineData("https://93.184.216.34/", true)]
    [InlineData("https://[2606:4700::1111]/", true)]
    [InlineData("http://hooks.example.com/", false)]
    [InlineData("ftp://hooks.example.com/", false)]
    [InlineData("hooks.example.com", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://intranet/", false)]
    [InlineData("https://printer.local/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://172.31.0.1/", false)]
    [InlineData("https://192.168.1.1/", false)]
    [InlineData("https://169.254.1.1/", false)]
    [InlineData("https://100.64.0.1/", false)]
    [InlineData("https://100.127.255.254/", false)]
    [InlineData("https://100.128.0.1/", true)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[fd00::1]/", false)]
    [InlineData("https://[fe80::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    public void Only_public_addresses_are_called(string? address, bool isGood) =>
        Assert.Equal(isGood, WebhookAddress.IsGood(address, allowPrivate: false));

    [Theory]
    [InlineData("http://127.0.0.1:8080/hook", true)]
    [InlineData("https://localhost/", true)]
    [InlineData("ftp://127.0.0.1/", false)]
    [InlineData("hook", false)]
    public void Tests_may_be_called_at_home(string address, bool isGood) =>
        Assert.Equal(isGood, WebhookAddress.IsGood(address, allowPrivate: true));

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void An_address_has_a_thousand_and_twenty_four_characters_at_most(int length, bool isGood)
    {
        const string start = "https://hooks.example.com/";

        Assert.Equal(isGood, WebhookAddress.IsGood(start + new string('a', length - start.Length), false));
    }
}
