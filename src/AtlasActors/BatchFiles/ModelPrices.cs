using AtlasActors.Costs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>Prices by every name of a model: that of <c>google/imagen4-ultra</c> holds for its alias too.</summary>
internal static class ModelPrices
{
    /// <summary>The usual prices and over them the file's own, each under all names of its model.</summary>
    public static PriceTable Table(ModelCatalog models, IReadOnlyDictionary<string, ModelPrice> own) =>
        PriceTable.Default.With(ByAllNames(models, PriceTable.Default.Prices)).With(ByAllNames(models, own));

    private static Dictionary<string, ModelPrice> ByAllNames(
        ModelCatalog models, IReadOnlyDictionary<string, ModelPrice> prices)
    {
        var all = new Dictionary<string, ModelPrice>(prices);
        foreach (var (name, price) in prices)
        {
            if (models.Find(name) is not { } model)
                continue;
            foreach (var other in models.NamesOf(model))
                all.TryAdd(other, price);
        }

        return all;
    }
}
