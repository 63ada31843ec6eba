using System.Text.Json;
using AtlasActors.Jobs;

namespace AtlasActors.Atlas;

/// <summary>A row of Atlas's list of models.</summary>
/// <param name="Id">What a job's <c>model</c> says.</param>
/// <param name="Type">Text, Image, Video or Audio; 3D models are of type Image.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Organization">Who made it.</param>
/// <param name="Categories">What it does, such as <c>TEXT-TO-VIDEO</c>.</param>
/// <param name="Tags">Words that Atlas puts on it.</param>
/// <param name="Schema">Where the description of its fields lies; on another host than the API, which needs no key.</param>
/// <param name="Price">What it is listed at.</param>
public sealed record ListedModel(
    string Id, string? Type, string? DisplayName, string? Organization, IReadOnlyList<string> Categories,
    IReadOnlyList<string> Tags, string? Schema, ListedPrice Price)
{
    /// <summary>What it makes; null of a model that makes text, and of one of a type that is not known.</summary>
    public MediaKind? Kind => Type?.ToUpperInvariant() switch
    {
        "IMAGE" => Categories.Any(category => category.EndsWith("3D", StringComparison.OrdinalIgnoreCase))
            ? MediaKind.ThreeD : MediaKind.Image,
        "VIDEO" => MediaKind.Video,
        "AUDIO" => MediaKind.Audio,
        _ => null,
    };

    /// <summary>The rows that are meant to be seen; null where there is no list.</summary>
    internal static IReadOnlyList<ListedModel>? ReadAll(AnswerBody body) =>
        body.Root.At("data") is { ValueKind: JsonValueKind.Array } rows
            ? [.. rows.EnumerateArray().Select(Read).OfType<ListedModel>()]
            : null;

    private static ListedModel? Read(JsonElement row)
    {
        if (row.At("model").String() is not { } id || row.At("display_console").Flag() == false)
            return null;
        return new ListedModel(
            id, row.At("type").String(), row.At("displayName").String(), row.At("organization").String(),
            Words(row.At("categories")), Words(row.At("tags")), row.At("schema").String(), ListedPrice.Read(row));
    }

    private static IReadOnlyList<string> Words(JsonElement? list) => list?.ValueKind == JsonValueKind.Array
        ? [.. list.Value.EnumerateArray().Select(item => ((JsonElement?)item).String()).OfType<string>()]
        : [];
}

/// <summary>
/// What a model is listed at, in US dollars. Atlas names no unit: for videos it is mostly a second of the cheapest
/// kind, for images one image, and for models billed by tokens it is not the charge at all.
/// </summary>
/// <param name="Base">With the discount.</param>
/// <param name="ListBase">Without it.</param>
/// <param name="DiscountPercent">Which part of the list price is paid: 100 is no discount.</param>
/// <param name="Text">The price in words, where there are no numbers.</param>
public sealed record ListedPrice(decimal? Base, decimal? ListBase, decimal? DiscountPercent, string? Text)
{
    /// <summary>The price of a row, wherever it stands in it.</summary>
    internal static ListedPrice Read(JsonElement row) => new(
        row.At("price", "actual", "base_price").Amount() ?? row.At("basePrice").Amount(),
        row.At("price", "origin", "base_price").Amount(),
        row.At("price", "discount").Amount(),
        row.At("price", "sku", "text").Text() ?? row.At("price").String());
}
