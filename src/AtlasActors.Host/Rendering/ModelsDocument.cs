using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.Host.Rendering;

/// <summary>The models of which is known what they take, for programs.</summary>
internal static class ModelsDocument
{
    /// <summary>
    /// Those with the word in their id or in another name of theirs; with a whole id the one model. Of one type, where
    /// one is named.
    /// </summary>
    public static IReadOnlyList<ModelEntry> Select(ModelCatalog catalog, string word, string? type) =>
    [
        .. (catalog.Find(word) is { } one ? [one] : catalog.Entries.Where(model => Has(model, word)))
            .Where(model => type is null || model.Kind.Word() == type),
    ];

    public static bool Has(ModelEntry model, string word) =>
        model.Aliases.Prepend(model.Id).Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static object Of(IEnumerable<ModelEntry> models) => new { Models = models.Select(Of) };

    public static object? Of(SeenPrice? seen) => seen is null
        ? null
        : new { Usd = seen.Price.Rate, Per = ModelsText.Unit(seen.Price.Unit), seen.AsOf, seen.Note };

    private static object Of(ModelEntry model) => new
    {
        model.Id,
        Type = model.Kind,
        model.Aliases,
        model.Deprecated,
        Fields = model.Fields.Select(field => new
        {
            Field = field.From.Word(), field.Name, field.Values, From = field.Least, To = field.Greatest,
            Auto = field.HasAuto, field.Usual, field.Most, Required = field.IsRequired, Sure = field.IsSure,
            Form = field.From == CommonField.Size ? ModelsText.Form(field) : null,
        }),
        Conditions = model.Conditions.Select(condition => new
        {
            When = condition.When.Word(), condition.Is, Then = condition.Then.Word(), condition.Wants,
            Sure = condition.IsSure,
        }),
        Params = model.Also,
        Price = Of(model.Price),
    };
}
