using System.Text.Json;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Models;

/// <summary>What a price is for.</summary>
internal enum PriceUnit
{
    Image,
    Second,
    Job,
    ThousandTokens,
}

/// <summary>A list price in USD for a unit, and the percentage of it that is paid.</summary>
internal sealed record ModelPrice(PriceUnit Unit, decimal List, int DiscountPercent);

/// <summary>
/// A model that the simulator lists: who makes it, what comes out, what it costs and which fields it has.
/// </summary>
internal sealed record SimulatedModel(
    string Id,
    string Name,
    MediaKind Kind,
    string Organization,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Aliases,
    bool IsListed,
    OutputFormat Output,
    ModelPrice Price,
    IReadOnlyList<string> Required,
    OrderedDictionary<string, JsonElement> Fields)
{
    /// <summary>Its name within an address: no slashes.</summary>
    public string Slug => Id.Replace('/', '-');

    /// <summary>The last part of the path that takes its jobs.</summary>
    public string SubmitPath => $"generate{Kind}";

    /// <summary>The number that the model takes where a job names none; null where it has no such field.</summary>
    public decimal? DefaultOf(string field) =>
        Fields.TryGetValue(field, out var schema) && schema.TryGetProperty("default", out var value)
        && value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal()
            : null;
}
