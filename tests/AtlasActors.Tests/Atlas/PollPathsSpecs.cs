using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public class PollPathsSpecs
{
    private static readonly PollPaths Paths = new(new Uri("https://api.example/api/v1/"));

    [Fact]
    public void An_address_that_is_the_documented_one_need_not_be_remembered()
    {
        var told = new Prediction("p 1", "https://api.example/api/v1/model/prediction/p%201");

        var kept = Paths.Kept(told);

        Assert.Null(kept.PollUrl);
        Assert.Equal(Paths.For(told)[0], Paths.For(kept)[0]);
    }

    [Theory]
    [InlineData("https://api.example/api/v1/model/prediction/p1/get")]
    [InlineData("https://api.example/api/v2/model/prediction/p1")]
    [InlineData("https://other.example/api/v1/model/prediction/p1")]
    [InlineData(null)]
    public void Any_other_is_kept_as_it_was_told(string? url) => Assert.Equal(url, Paths.Kept(new Prediction("p1", url)).PollUrl);
}
