using System.Globalization;
using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.Host.Rendering;

/// <summary>What <c>models --live</c> prints.</summary>
internal static class LiveModelsText
{
    private const string Unknown = "-";

    /// <summary>The table, and what is to be known of its prices.</summary>
    public static string Of(IReadOnlyList<LiveModelRow> rows, string host)
    {
        var text = new StringBuilder();
        if (rows.Count > 0)
        {
            var width = rows.Max(row => row.Id.Length);
            text.AppendLine(Line(width, "Model", "Type", "Listed at", "Seen before", ""));
            foreach (var row in rows)
                text.AppendLine(Line(
                    width, Texts.OneLine(row.Id), row.Kind.Word(), Listed(row.Listed?.Price), Seen(row.Entry?.Price),
                    Word(row.Listing)));
            text.AppendLine();
        }

        text.AppendLine(
            $"{Texts.Count(rows.Count(row => row.Listed is not null), "model")} listed at {host}; "
            + $"{Count(rows, Listing.New)} new to the catalog, {Count(rows, Listing.Gone)} of the catalog not listed.");
        text.AppendLine(
            "Listed prices are in USD and have no unit: of a video mostly a second of the cheapest kind, of an image "
            + "one; what is billed by tokens costs otherwise.");
        return text.ToString();
    }

    private static string Line(int width, string model, string type, string listed, string seen, string listing) =>
        $"{model.PadRight(width)}  {type,-5}  {listed,-22}  {seen,-16}  {listing}".TrimEnd();

    private static string Word(Listing listing) => listing switch
    {
        Listing.New => "new",
        Listing.Gone => "not listed",
        _ => "",
    };

    private static string Listed(ListedPrice? price) => price switch
    {
        { Base: { } now, ListBase: { } before } when before != now =>
            string.Create(CultureInfo.InvariantCulture, $"{now:0.00####} ({before:0.00####})"),
        { Base: { } now } => now.ToString("0.00####", CultureInfo.InvariantCulture),
        { Text: { } words } => Texts.OneLine(words, 22),
        _ => Unknown,
    };

    private static string Seen(SeenPrice? seen) => seen is null ? Unknown : ModelsText.Money(seen);

    private static int Count(IReadOnlyList<LiveModelRow> rows, Listing listing) =>
        rows.Count(row => row.Listing == listing);
}
