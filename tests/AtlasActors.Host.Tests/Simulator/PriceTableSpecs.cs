using System.Globalization;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class PriceTableSpecs
{
    [Theory]
    [InlineData(MediaKind.Image, "black-forest-labs/flux-2-pro/text-to-image", 0, "0.04")]
    [InlineData(MediaKind.Image, "google/imagen4-ultra/text-to-image", 0, "0.06")]
    [InlineData(MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video", 5, "0.11")]
    [InlineData(MediaKind.Video, "google/veo3.1/text-to-video", 8, "0.24")]
    [InlineData(MediaKind.Video, "openai/sora-v2/text-to-video", 5, "0.75")]
    [InlineData(MediaKind.Image, "google/imagen4-ultra", 0, "0.06")]
    [InlineData(MediaKind.Video, "openai/sora-2/text-to-video", 4, "0.60")]
    [InlineData(MediaKind.Image, "somebody/new-model", 0, "0.05")]
    [InlineData(MediaKind.Video, "somebody/new-model", 4, "0.20")]
    public void Prices_are_the_tutorials(MediaKind kind, string model, int seconds, string expected)
    {
        var price = new PriceTable(new Dictionary<string, decimal>())
            .Price(kind, model, new MediaShape(1024, 1024, seconds, 1));

        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), price);
    }

    [Fact]
    public void A_price_of_ones_own_goes_over_the_table()
    {
        const string model = "google/imagen4-ultra/text-to-image";
        var prices = new PriceTable(new Dictionary<string, decimal> { [model] = 1 });

        Assert.Equal(3, prices.Price(MediaKind.Image, model, new MediaShape(64, 64, 0, 3)));
    }

    [Fact]
    public void A_discount_is_taken_off_the_list_price()
    {
        var quote = new PriceTable(new Dictionary<string, decimal>()).Quote(
            MediaKind.Image, "bytedance/seedream-v5.0-pro/text-to-image", new MediaShape(64, 64, 0, 1));

        Assert.Equal(new PriceQuote(0.052m, 0.065m, 80, 0), quote);
        Assert.False(quote.IsEstimate);
    }

    [Theory]
    [InlineData("720p", 108_900, "0.975744", "1.21968")]
    [InlineData("480p", 50_638, "0.453716", "0.567146")]
    [InlineData(null, 108_900, "0.975744", "1.21968")]
    public void Tokens_follow_from_pixels_and_seconds(string? resolution, long tokens, string price, string list)
    {
        var quote = new PriceTable(new Dictionary<string, decimal>()).Quote(
            MediaKind.Video, "bytedance/seedance-2.0/text-to-video", new MediaShape(64, 64, 5, 1, resolution));

        Assert.True(quote.IsEstimate);
        Assert.Equal(tokens, quote.Tokens);
        Assert.Equal(decimal.Parse(price, CultureInfo.InvariantCulture), quote.Price);
        Assert.Equal(decimal.Parse(list, CultureInfo.InvariantCulture), quote.ListPrice);
    }
}
