using System.Globalization;
using AtlasActors.Costs;

namespace AtlasActors.Host.Settings;

/// <summary>Prices by model, <c>[{ model = …, price = 0.40, per = second }]</c>.</summary>
internal static class PriceList
{
    // As of a batch file's: what is over it is a slip of the decimal point.
    private const decimal Dearest = 10_000;

    private static readonly Dictionary<string, PriceUnit> Units = new()
    {
        ["image"] = PriceUnit.Image, ["second"] = PriceUnit.Second, ["job"] = PriceUnit.Job,
    };

    public static IReadOnlyDictionary<string, ModelPrice> Read(SectionReader section, string key)
    {
        var prices = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach (var entry in section.List(key))
        {
            entry.KnowOnly("model", "price", "per");
            var model = entry.Needed("model", "a model such as google/veo3.1/text-to-video");
            var rate = RateOf(entry);
            var unit = entry.Word("per", Units) ?? PriceUnit.Usual;
            if (model is null || rate is not { } usd) continue;
            if (!prices.TryAdd(model, new ModelPrice(usd, unit)))
                entry.Fault("model", $"is '{model}' a second time.");
        }
        return prices;
    }

    private static Usd? RateOf(SectionReader entry)
    {
        const string key = "price";
        if (entry.Needed(key, "US dollars such as 0.40") is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount is >= 0 and <= Dearest)
            return new Usd(amount);
        entry.Fault(key, $"is '{text}': give US dollars from 0 to 10000, such as 0.40.");
        return null;
    }
}
