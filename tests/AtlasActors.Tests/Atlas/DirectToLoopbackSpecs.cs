using System.Net;
using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class DirectToLoopbackSpecs
{
    [Theory]
    [InlineData("http://127.0.0.1:5000/x", null)]
    [InlineData("http://localhost/x", null)]
    [InlineData("http://[::1]/x", null)]
    [InlineData("https://api.atlascloud.ai/x", "http://proxy:3128/")]
    public void Only_this_machine_is_reached_directly(string address, string? proxy)
    {
        var direct = new DirectToLoopback(new WebProxy("http://proxy:3128"));
        Assert.Equal(proxy, direct.GetProxy(new Uri(address))?.ToString());
    }
}
