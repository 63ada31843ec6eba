using AtlasActors.Host.Serving.Outgoing;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Outgoing;

public sealed class WebhookAddressSpecs
{
    [Theory]
    [InlineData("https://example.org/hooks", true, true)]
    [InlineData("https://93.184.216.34/", true, true)]
    [InlineData("http://example.org/hooks", false, true)]
    [InlineData("https://127.0.0.1/", false, true)]
    [InlineData("https://[::1]:8443/", false, true)]
    [InlineData("https://[::ffff:10.0.0.1]/", false, true)]
    [InlineData("https://169.254.169.254/latest", false, true)]
    [InlineData("https://0x7f.1/", false, true)]
    [InlineData("https://2130706433/", false, true)]
    [InlineData("https://localhost/", false, true)]
    [InlineData("https://LOCALHOST./", false, true)]
    [InlineData("https://a.localhost/", false, true)]
    [InlineData("ftp://example.org/", false, false)]
    [InlineData("example.org", false, false)]
    public void What_can_be_told_before_it_is_called_is_told(string url, bool isFine, bool isFineWherePrivateIs)
    {
        Assert.Equal(isFine, WebhookAddress.Fault(url, arePrivateAllowed: false) is null);
        Assert.Equal(isFineWherePrivateIs, WebhookAddress.Fault(url, arePrivateAllowed: true) is null);
    }

    [Fact]
    public void Lists_do_not_show_what_stands_after_the_path() =>
        Assert.Equal("https://example.org:8443/hooks/a", WebhookAddress.Shown("https://example.org:8443/hooks/a?key=s3cret"));
}
