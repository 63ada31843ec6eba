using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class DidYouMeanSpecs
{
    private static readonly string[] Known =
        ["name", "type", "model", "prompt", "duration", "max_workers", "retry", "retries"];

    [Theory]
    [InlineData("nmae", "name")]
    [InlineData("Name", "name")]
    [InlineData("typ", "type")]
    [InlineData("modell", "model")]
    [InlineData("promt", "prompt")]
    [InlineData("duraton", "duration")]
    [InlineData("durration", "duration")]
    [InlineData("max-workers", "max_workers")]
    [InlineData("maxWorker", "max_workers")]
    [InlineData("retires", "retries")]
    [InlineData("retrys", "retry")]
    public void A_slip_or_two_are_guessed(string written, string meant) =>
        Assert.Equal(meant, DidYouMean.Word(written, Known));

    [Theory]
    [InlineData("")]
    [InlineData("seed")]
    [InlineData("size")]
    [InlineData("tone")]
    [InlineData("style")]
    [InlineData("quality")]
    public void Another_word_is_not(string written) => Assert.Null(DidYouMean.Word(written, Known));

    [Fact]
    public void A_very_long_word_is_not_compared() => Assert.Null(DidYouMean.Word(new string('a', 1_000_000), Known));
}
