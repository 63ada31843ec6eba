using AtlasActors.Costs;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class PriceTableSpecs
{
    [Theory]
    [InlineData(MediaKind.Image, "black-forest-labs/flux-2-pro/text-to-image", 0, "0.0400")]
    [InlineData(MediaKind.Image, "google/imagen4-ultra/text-to-image", 0, "0.0600")]
    [InlineData(MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video", 5, "0.1100")]
    [InlineData(MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video", 10, "0.2200")]
    [InlineData(MediaKind.Video, "bytedance/seedance-v1.5-pro/text-to-video", 15, "0.3300")]
    [InlineData(MediaKind.Video, "google/veo3.1/text-to-video", 8, "0.2400")]
    [InlineData(MediaKind.Video, "openai/sora-v2/text-to-video", 5, "0.7500")]
    public void The_usual_prices_are_the_tutorials(MediaKind kind, string model, int seconds, string price)
    {
        var quote = PriceTable.Default.Price(kind, model, seconds);

        Assert.Equal((price, false), (quote.Price.ToString(), quote.IsAssumed));
    }

    [Theory]
    [InlineData(MediaKind.Image, "who/knows", "0.0500")]
    [InlineData(MediaKind.Video, "who/knows", "0.3000")]
    [InlineData(MediaKind.Image, "google/veo3.1/text-to-video", "0.0500")]
    [InlineData(MediaKind.Video, "google/imagen4-ultra/text-to-image", "0.3000")]
    public void What_no_table_prices_is_assumed_to_cost_5_cents_an_image_or_second(
        MediaKind kind, string model, string price)
    {
        var quote = PriceTable.Default.Price(kind, model, 6);

        Assert.Equal((price, true), (quote.Price.ToString(), quote.IsAssumed));
        Assert.False(PriceTable.Default.Knows(kind, model));
    }

    [Theory]
    [InlineData(PriceUnit.Usual, "2.0000", "12.0000")]
    [InlineData(PriceUnit.Image, "2.0000", "assumed")]
    [InlineData(PriceUnit.Second, "assumed", "12.0000")]
    [InlineData(PriceUnit.Job, "2.0000", "2.0000")]
    public void A_unit_says_what_the_rate_counts(PriceUnit unit, string image, string video)
    {
        var table = PriceTable.Default.With(new Dictionary<string, ModelPrice> { ["m"] = new(new Usd(2), unit) });

        Assert.Equal(image, Shown(table.Price(MediaKind.Image, "m", 0)));
        Assert.Equal(video, Shown(table.Price(MediaKind.Video, "m", 6)));
    }

    [Fact]
    public void Prices_of_ones_own_replace_the_usual_ones_of_their_models_only()
    {
        var table = PriceTable.Default.With(
            new Dictionary<string, ModelPrice>
            {
                ["google/veo3.1/text-to-video"] = new(new Usd(0.4m), PriceUnit.Usual),
            });

        Assert.Equal("2.0000", Shown(table.Price(MediaKind.Video, "google/veo3.1/text-to-video", 5)));
        Assert.Equal("0.7500", Shown(table.Price(MediaKind.Video, "openai/sora-v2/text-to-video", 5)));
        Assert.Equal("0.1500", Shown(PriceTable.Default.Price(MediaKind.Video, "google/veo3.1/text-to-video", 5)));
    }

    private static string Shown(PriceQuote quote) => quote.IsAssumed ? "assumed" : quote.Price.ToString();
}
