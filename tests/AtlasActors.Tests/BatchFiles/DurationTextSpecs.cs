using System.Globalization;
using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class DurationTextSpecs
{
    [Theory]
    [InlineData("5s", "5")]
    [InlineData("250ms", "0.25")]
    [InlineData("2m", "120")]
    [InlineData("1h", "3600")]
    [InlineData("1.5s", "1.5")]
    [InlineData(".5s", "0.5")]
    [InlineData("5.0s", "5")]
    [InlineData("1.5m", "90")]
    [InlineData("5 s", "5")]
    [InlineData("5", "5")]
    [InlineData("5.50", "5.50")]
    [InlineData("0", "0")]
    public void These_are_durations(string text, string seconds) =>
        Assert.Equal(seconds, DurationText.Seconds(text)?.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("+5s")]
    [InlineData("5S")]
    [InlineData("5sec")]
    [InlineData("5d")]
    [InlineData("1e3")]
    [InlineData("5,5s")]
    [InlineData("5.s")]
    [InlineData("1:30")]
    [InlineData("5s\n")]
    [InlineData("٥s")]
    [InlineData("99999999999999999999999999999999s")]
    public void These_are_none(string text) => Assert.Null(DurationText.Seconds(text));
}
