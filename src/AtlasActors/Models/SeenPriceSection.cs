using AtlasActors.BatchFiles;
using AtlasActors.Costs;

namespace AtlasActors.Models;

/// <summary>The <c>price</c> of a model.</summary>
internal static class SeenPriceSection
{
    private static readonly string[] Keys = ["per_image", "per_second", "per_job", "as_of", "note"];

    public static SeenPrice? Read(Section section, Findings findings)
    {
        if (section.Sub("price", Keys) is not { } price)
            return null;
        var asOf = price.Line("as_of", price.Find("as_of"), 100);
        var note = price.Line("note", price.Find("note"), 300);
        foreach (var (key, unit) in PriceSection.Units)
        {
            if (price.Number(key, 0, PriceSection.Dearest) is { } rate)
                return new SeenPrice(new ModelPrice(new Usd(rate), unit), asOf, note);
        }

        findings.Fault(section.Find("price")!, section.PathOf("price"), "wants one of per_image, per_second, per_job");
        return null;
    }
}
