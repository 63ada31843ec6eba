using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>The file's <c>prices</c>.</summary>
internal static class PriceSection
{
    // Far beyond any price: what is over it is a slip of the decimal point or of the unit.
    public const decimal Dearest = 10_000;

    private static readonly string[] UnitKeys = ["per_image", "per_second", "per_job"];

    public static readonly Dictionary<string, PriceUnit> Units = new()
    {
        ["per_image"] = PriceUnit.Image,
        ["per_second"] = PriceUnit.Second,
        ["per_job"] = PriceUnit.Job,
    };

    public static Dictionary<string, ModelPrice> Read(Section top, Findings findings)
    {
        var prices = new Dictionary<string, ModelPrice>();
        foreach (var entry in top.Map("prices", "a map of models and their prices")?.Entries ?? [])
        {
            if (ReadPrice(entry, NodePath.Key("prices", entry.Key), findings) is { } price)
                prices[entry.Key] = price;
        }

        return prices;
    }

    /// <summary>Says where a price is by what the job does not make, such as an image when it makes a video.</summary>
    public static void CheckUnits(
        Section top, Dictionary<string, ModelPrice> own, IEnumerable<(string Model, MediaKind Kind)> uses,
        Findings findings)
    {
        foreach (var (model, kind) in uses)
        {
            if (!own.TryGetValue(model, out var price) || PriceTable.Fits(price.Unit, kind))
                continue;
            var entry = ((MapNode)((MapNode)top.Find("prices")!).Find(model)!.Value).Entries[0];
            findings.Fault(
                entry, NodePath.Key(NodePath.Key("prices", model), entry.Key), $"a job makes {kind.OneNoun()} with this model",
                "write " + string.Join(" or ", Units.Where(unit => PriceTable.Fits(unit.Value, kind))
                    .Select(unit => $"'{unit.Key}'")));
        }
    }

    private static ModelPrice? ReadPrice(MapEntry entry, string path, Findings findings)
    {
        if (entry.Value is not MapNode map)
        {
            return Section.Number(path, entry.Value, 0, Dearest, findings) is { } usual
                ? new ModelPrice(new Usd(usual), PriceUnit.Usual)
                : null;
        }

        var section = new Section(map, path, findings, UnitKeys);
        if (map.Entries.Count != 1)
        {
            findings.Fault(map, path, "wants one of per_image, per_second, per_job");
            return null;
        }

        var key = map.Entries[0].Key;
        return Units.TryGetValue(key, out var unit) && section.Number(key, 0, Dearest) is { } rate
            ? new ModelPrice(new Usd(rate), unit)
            : null;
    }
}
