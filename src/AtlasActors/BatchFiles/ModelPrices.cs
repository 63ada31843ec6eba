using AtlasActors.Costs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Prices by every name of a model: that of <c>google/imagen4-ultra</c> holds for its alias too.</summary>
internal static class ModelPrices
{
    private const string SomeDay = "?";

    /// <summary>
    /// The prices that the catalog saw, over them the usual ones, over these the host's, and over all the file's own, each
    /// under all names of its model.
    /// </summary>
    public static PriceTable Table(
        ModelCatalog models, IReadOnlyDictionary<string, ModelPrice>? given, IReadOnlyDictionary<string, ModelPrice> own)
    {
        var prices = new Dictionary<string, ModelPrice>();
        Add(prices, models, Seen(models));
        Add(prices, models, PriceTable.Default.Prices);
        if (given is not null) Add(prices, models, given);
        Add(prices, models, own);
        return PriceTable.Default.With(prices);
    }

    private static Dictionary<string, ModelPrice> Seen(ModelCatalog models) => models.Entries
        .Where(model => model.Price is not null)
        .ToDictionary(
            model => model.Id, model => model.Price!.Price with { SeenAt = model.Price.AsOf ?? SomeDay });

    // A price under one name of a model holds for its others, but for those that have one of their own.
    private static void Add(
        Dictionary<string, ModelPrice> all, ModelCatalog models, IReadOnlyDictionary<string, ModelPrice> prices)
    {
        foreach (var (name, price) in prices)
        {
            all[name] = price;
            if (models.Find(name) is not { } model)
                continue;
            foreach (var other in models.NamesOf(model).Where(other => !prices.ContainsKey(other)))
                all[other] = price;
        }
    }
}
