namespace AtlasActors.Simulator.Predictions;

/// <summary>What generations cost: the tutorial's table, with the options' prices over it.</summary>
internal sealed class PriceTable(IReadOnlyDictionary<string, decimal> overrides)
{
    private const decimal Unknown = 0.05m;

    private static readonly Dictionary<string, decimal> Tutorial = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black-forest-labs/flux-2-pro/text-to-image"] = 0.04m,
        ["google/imagen4-ultra/text-to-image"] = 0.06m,
        ["bytedance/seedance-v1.5-pro/text-to-video"] = 0.022m,
        ["google/veo3.1/text-to-video"] = 0.03m,
        ["openai/sora-v2/text-to-video"] = 0.15m,
    };

    // Two of the tutorial's models have other ids at Atlas.
    private static readonly Dictionary<string, string> TutorialIds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["google/imagen4-ultra"] = "google/imagen4-ultra/text-to-image",
        ["openai/sora-2/text-to-video"] = "openai/sora-v2/text-to-video",
    };

    /// <summary>The models that have a price of their own.</summary>
    public IEnumerable<string> Models => Tutorial.Keys.Union(overrides.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>USD an image, or USD a second of video.</summary>
    public decimal UnitPrice(string model) =>
        Find(model) ?? (TutorialIds.TryGetValue(model, out var id) ? Find(id) : null) ?? Unknown;

    public decimal Price(MediaKind kind, string model, MediaShape shape) =>
        UnitPrice(model) * shape.Count * (kind == MediaKind.Video ? shape.Seconds : 1);

    private decimal? Find(string model) =>
        overrides.TryGetValue(model, out var price) || Tutorial.TryGetValue(model, out price) ? price : null;
}
