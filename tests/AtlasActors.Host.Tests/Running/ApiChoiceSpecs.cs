using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Hosting;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class ApiChoiceSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    public void Private_addresses_are_allowed_only_where_somebody_says_so(string? word, bool isAllowed) =>
        Assert.Equal(isAllowed, Choose(word).AllowPrivateAddresses);

    [Fact]
    public void A_word_that_says_neither_is_told() => Assert.Equal(
        "ATLAS_ALLOW_PRIVATE_ADDRESSES is 'ja': give 1 or 0.", Assert.Throws<CommandException>(() => Choose("ja")).Message);

    [Fact]
    public void Time_outs_are_seconds_and_reach_the_options()
    {
        var options = Choose("7.5", "ATLAS_SUBMIT_TIMEOUT").Over(new AtlasActorsOptions { OutputDir = "out", ApiKey = "none" });

        Assert.Equal((TimeSpan.FromSeconds(7.5), null, null), (options.SubmitTimeout, options.PollTimeout, options.DownloadTimeout));
        Assert.Equal(TimeSpan.FromSeconds(2), Choose("2", "ATLAS_POLL_TIMEOUT").PollTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), Choose("120", "ATLAS_DOWNLOAD_TIMEOUT").DownloadTimeout);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1m")]
    [InlineData("100000")]
    [InlineData("NaN")]
    public void A_time_out_that_is_none_is_told(string word) => Assert.Equal(
        $"ATLAS_SUBMIT_TIMEOUT is '{word}': give seconds, from 0.01 to 86400.",
        Assert.Throws<CommandException>(() => Choose(word, "ATLAS_SUBMIT_TIMEOUT")).Message);

    private ApiChoice.Real Choose(string? word, string variable = "ATLAS_ALLOW_PRIVATE_ADDRESSES") => ApiChoice.Real.Of(new Variables(
        name => name == "ATLASCLOUD_API_KEY" ? "apikey-for-tests" : name == variable ? word : null, _folder.Path));
}
