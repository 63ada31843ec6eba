using System.Collections.Frozen;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>What a model's price counts.</summary>
public enum PriceUnit
{
    /// <summary>
    /// Each image, each second of a video, or each job that makes something else: what the price of a model usually
    /// means.
    /// </summary>
    Usual,

    /// <summary>Each image; nothing else is priced by it.</summary>
    Image,

    /// <summary>Each second of video or sound; nothing else is priced by it.</summary>
    Second,

    /// <summary>Each job, however long its video is.</summary>
    Job,
}

/// <summary>A model's price.</summary>
/// <param name="Rate">US dollars for each <paramref name="Unit"/>.</param>
/// <param name="Unit">What it counts.</param>
public sealed record ModelPrice(Usd Rate, PriceUnit Unit)
{
    /// <summary>
    /// Of a price that the catalog of models has, the day or month in which it was seen, or <c>?</c>; null of any
    /// other.
    /// </summary>
    public string? SeenAt { get; init; }
}

/// <summary>What one attempt at a job is expected to cost.</summary>
/// <param name="Price">US dollars.</param>
/// <param name="IsAssumed">No table names the model, so <see cref="PriceTable.AssumedRate"/> stands in.</param>
/// <param name="SeenAt">When the catalog of models saw the price that made it; null where another did.</param>
public readonly record struct PriceQuote(Usd Price, bool IsAssumed, string? SeenAt = null)
{
    /// <summary>What it was made by.</summary>
    public PriceBasis Basis => IsAssumed ? PriceBasis.Assumed
        : SeenAt is not null ? PriceBasis.Seen
        : PriceBasis.Table;
}

/// <summary>Prices by model. They are for planning: a charge that Atlas reports replaces them.</summary>
public sealed class PriceTable
{
    private readonly FrozenDictionary<string, ModelPrice> _prices;

    private PriceTable(IEnumerable<KeyValuePair<string, ModelPrice>> prices) =>
        _prices = prices.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// What an image, a second of video, or a job of another kind is taken to cost when no table names its model: the
    /// tutorial's 0.05.
    /// </summary>
    public static Usd AssumedRate { get; } = new(0.05m);

    /// <summary>The tutorial's prices. Atlas's own differ by account and change often.</summary>
    public static PriceTable Default { get; } = new(
    [
        new("black-forest-labs/flux-2-pro/text-to-image", new(new(0.04m), PriceUnit.Image)),
        new("google/imagen4-ultra/text-to-image", new(new(0.06m), PriceUnit.Image)),
        new("bytedance/seedance-v1.5-pro/text-to-video", new(new(0.022m), PriceUnit.Second)),
        new("google/veo3.1/text-to-video", new(new(0.03m), PriceUnit.Second)),
        new("openai/sora-v2/text-to-video", new(new(0.15m), PriceUnit.Second)),
    ]);

    /// <summary>All prices by model.</summary>
    internal IReadOnlyDictionary<string, ModelPrice> Prices => _prices;

    /// <summary>This table with other prices over it and beside it.</summary>
    public PriceTable With(IReadOnlyDictionary<string, ModelPrice> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return new PriceTable(_prices.Where(price => !prices.ContainsKey(price.Key)).Concat(prices));
    }

    /// <summary>True when the table has a price for this kind of media from this model.</summary>
    public bool Knows(MediaKind kind, string model) => Find(kind, model) is not null;

    /// <summary>When this kind of media's price was seen; null where it is not the catalog of models that has it.</summary>
    public string? SeenAt(MediaKind kind, string model) => Find(kind, model)?.SeenAt;

    /// <summary>
    /// The price of one attempt. <paramref name="seconds"/> is the length of a video or a sound; of anything else it
    /// says nothing.
    /// </summary>
    public PriceQuote Price(MediaKind kind, string model, decimal seconds)
    {
        var found = Find(kind, model);
        var unit = found?.Unit ?? PriceUnit.Usual;
        var units = unit == PriceUnit.Second || (unit == PriceUnit.Usual && kind == MediaKind.Video) ? seconds : 1;
        return new PriceQuote((found?.Rate ?? AssumedRate) * units, found is null, found?.SeenAt);
    }

    /// <summary>Whether what a job makes can be counted in this unit.</summary>
    internal static bool Fits(PriceUnit unit, MediaKind kind) => unit switch
    {
        PriceUnit.Image => kind == MediaKind.Image,
        PriceUnit.Second => kind is MediaKind.Video or MediaKind.Audio,
        _ => true,
    };

    private ModelPrice? Find(MediaKind kind, string model) =>
        _prices.TryGetValue(model, out var price) && Fits(price.Unit, kind) ? price : null;
}
