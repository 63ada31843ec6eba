using System.Globalization;
using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>What Atlas has charged.</summary>
/// <param name="Days">By day and model, in Atlas's order.</param>
/// <param name="NextPage">Where the list goes on; null at its end.</param>
public sealed record ModelCosts(IReadOnlyList<ModelCost> Days, string? NextPage)
{
    /// <summary>One page; null where there is no list.</summary>
    internal static ModelCosts? Read(AnswerBody body)
    {
        if (body.Root.At("data") is not { ValueKind: JsonValueKind.Array } buckets)
            return null;
        var more = body.Root.At("has_more").Flag() != false;
        return new ModelCosts(
            [.. buckets.EnumerateArray().SelectMany(ModelCost.ReadDay)],
            more ? body.Root.At("next_page").Text() : null);
    }
}

/// <summary>What a model was charged on a day.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Model">The model; null where Atlas names none.</param>
/// <param name="Amount">US dollars; below zero for what was given back.</param>
/// <param name="IsPartial">The day is not over, or not all of it is counted yet.</param>
public sealed record ModelCost(DateOnly Day, string? Model, decimal Amount, bool IsPartial)
{
    /// <summary>The charges in one day's bucket.</summary>
    internal static IEnumerable<ModelCost> ReadDay(JsonElement bucket)
    {
        if (DayOf(bucket) is not { } day || bucket.At("results") is not { ValueKind: JsonValueKind.Array } results)
            yield break;
        foreach (var result in results.EnumerateArray())
            if (Money.Read(result.At("amount")) is { } amount)
                yield return new ModelCost(
                    day, result.At("model").String() ?? result.At("model_id").String(), amount,
                    bucket.At("partial").Flag() == true);
    }

    private static DateOnly? DayOf(JsonElement bucket) =>
        DateOnly.TryParseExact(
            bucket.At("date").String(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
