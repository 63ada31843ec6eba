using AtlasActors.Simulator.Models;

namespace AtlasActors.Simulator.Predictions;

/// <summary>What a job would cost in USD: with the discount, without it, and by how many tokens if by tokens.</summary>
internal sealed record PriceQuote(decimal Price, decimal ListPrice, int DiscountPercent, long Tokens)
{
    /// <summary>The service counts tokens only when it is done.</summary>
    public bool IsEstimate => Tokens > 0;
}

/// <summary>What generations cost: the models' own prices, with the options' over them.</summary>
internal sealed class PriceTable(IReadOnlyDictionary<string, decimal> overrides)
{
    private const decimal Unknown = 0.05m;
    private const int FramesPerSecond = 24;

    /// <summary>The models that the options alone name.</summary>
    public IEnumerable<string> OthersPriced =>
        overrides.Keys.Where(model => SimulatedModels.FindByAnyName(model) is null);

    public decimal Price(MediaKind kind, string model, MediaShape shape) => Quote(kind, model, shape).Price;

    public PriceQuote Quote(MediaKind kind, string model, MediaShape shape)
    {
        var price = PriceOf(kind, model);
        var tokens = price.Unit == PriceUnit.ThousandTokens ? Tokens(shape) : 0;
        var list = shape.Count * price.List * price.Unit switch
        {
            PriceUnit.Second => shape.Seconds,
            PriceUnit.ThousandTokens => tokens / 1000m,
            _ => 1,
        };
        return new PriceQuote(
            Math.Round(list * price.DiscountPercent / 100, 6), Math.Round(list, 6), price.DiscountPercent, tokens);
    }

    /// <summary>
    /// The price that the list of models shows: of a second of the cheapest tier where it is by time.
    /// </summary>
    public (decimal Actual, decimal List, int DiscountPercent) Listed(MediaKind kind, string model)
    {
        var price = PriceOf(kind, model);
        var list = price.Unit == PriceUnit.ThousandTokens
            ? Math.Round(price.List * FramesPerSecond * PixelsOf("480p") / 1024 / 1000, 3)
            : price.List;
        return (Math.Round(list * price.DiscountPercent / 100, 6), list, price.DiscountPercent);
    }

    private ModelPrice PriceOf(MediaKind kind, string model)
    {
        if (overrides.TryGetValue(model, out var own)) return new ModelPrice(UsualUnit(kind), own, 100);
        return SimulatedModels.FindByAnyName(model)?.Price ?? new ModelPrice(UsualUnit(kind), Unknown, 100);
    }

    private static PriceUnit UsualUnit(MediaKind kind) => kind switch
    {
        MediaKind.Video => PriceUnit.Second,
        MediaKind.Audio => PriceUnit.Job,
        _ => PriceUnit.Image,
    };

    // Seedance 2's formula, measured on the live service: every frame and one more.
    private static long Tokens(MediaShape shape) =>
        (long)Math.Floor(PixelsOf(shape.Resolution) * ((FramesPerSecond * shape.Seconds) + 1) / 1024);

    // A tier that is made larger afterwards, such as 1080p-SR, counts as its size.
    private static decimal PixelsOf(string? resolution) => resolution?.Split('-')[0].ToUpperInvariant() switch
    {
        "480P" => 864 * 496,
        "1080P" => 1920 * 1080,
        "1440P" => 2560 * 1440,
        "4K" => 3840 * 2160,
        _ => 1280 * 720,
    };
}
