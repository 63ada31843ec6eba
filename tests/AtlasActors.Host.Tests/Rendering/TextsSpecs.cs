using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

public sealed class TextsSpecs
{
    [Theory]
    [InlineData("0.04", "USD0.040", "USD 0.0400", "USD 0.04")]
    [InlineData("0.95", "USD0.950", "USD 0.9500", "USD 0.95")]
    [InlineData("20", "USD20.000", "USD 20.0000", "USD 20.00")]
    [InlineData("0.0405", "USD0.0405", "USD 0.0405", "USD 0.0405")]
    [InlineData("1234.5", "USD1234.500", "USD 1234.5000", "USD 1234.50")]
    public void Money_has_the_decimals_of_its_place(string amount, string log, string full, string brief)
    {
        var money = new Usd(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(log, Texts.LogMoney(money));
        Assert.Equal(full, Texts.Money(money));
        Assert.Equal(brief, Texts.ShortMoney(money));
    }

    [Theory]
    [InlineData(0, "0.0s")]
    [InlineData(12.34, "12.3s")]
    [InlineData(125, "2m 05s")]
    [InlineData(3600 + (4 * 60), "1h 04m")]
    [InlineData(30 * 3600, "30h 00m")]
    public void Durations_grow_with_their_length(double seconds, string text) =>
        Assert.Equal(text, Texts.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_name_can_neither_break_a_line_nor_steer_the_terminal() =>
        Assert.Equal("a b  [31mc d", Texts.OneLine("a\nb\r\u001b[31mc\u2028d"));

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.Equal("abcd", Texts.OneLine("abcd", 4));
        Assert.Equal("abc…", Texts.OneLine("abcde", 4));
        Assert.Equal("ab…", Texts.OneLine("ab😀de", 4));
    }

    [Theory]
    [InlineData("google/veo3.1/text-to-video", "veo3.1/text-to-video")]
    [InlineData("plain", "plain")]
    public void The_short_name_of_a_model_lacks_its_vendor(string model, string name) =>
        Assert.Equal(name, Texts.ShortModel(model));
}
