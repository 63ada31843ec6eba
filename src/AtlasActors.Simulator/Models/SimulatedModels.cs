using System.Text.Json;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Models;

/// <summary>The models of <c>models.json</c>, read once.</summary>
internal static class SimulatedModels
{
    private const string Resource = "AtlasActors.Simulator.Models.models.json";

    private static readonly Lazy<IReadOnlyList<SimulatedModel>> Read = new(ReadResource);

    private static readonly Lazy<Dictionary<string, SimulatedModel>> ById = new(
        () => All.ToDictionary(model => model.Id, StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, SimulatedModel>> BySlug = new(
        () => All.ToDictionary(model => model.Slug, StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, SimulatedModel>> ByAnyName = new(
        () => All.SelectMany(model => model.Aliases.Append(model.Id), (model, name) => (model, name))
            .ToDictionary(pair => pair.name, pair => pair.model, StringComparer.OrdinalIgnoreCase));

    public static IReadOnlyList<SimulatedModel> All => Read.Value;

    /// <summary>The model of exactly this id, as the service knows it.</summary>
    public static SimulatedModel? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>The model of this id or of another name that it is written under.</summary>
    public static SimulatedModel? FindByAnyName(string name) => ByAnyName.Value.GetValueOrDefault(name);

    /// <summary>The model whose schema has this file name.</summary>
    public static SimulatedModel? FindBySlug(string slug) => BySlug.Value.GetValueOrDefault(slug);

    private static List<SimulatedModel> ReadResource()
    {
        using var stream = typeof(SimulatedModels).Assembly.GetManifestResourceStream(Resource)!;
        using var document = JsonDocument.Parse(stream);
        // The elements outlive the document.
        var root = document.RootElement.Clone();
        var shared = root.GetProperty("fields");
        return [.. root.GetProperty("models").EnumerateArray().Select(model => ReadModel(model, shared))];
    }

    private static SimulatedModel ReadModel(JsonElement model, JsonElement shared) => new(
        Text(model, "model"),
        Text(model, "name"),
        Enum.Parse<MediaKind>(Text(model, "type")),
        Text(model, "organization"),
        Words(model, "categories"),
        Words(model, "aliases"),
        !model.TryGetProperty("listed", out var listed) || listed.GetBoolean(),
        Enum.Parse<OutputFormat>(Text(model, "output"), ignoreCase: true),
        ReadPrice(model.GetProperty("price")),
        Words(model, "required"),
        ReadFields(model.GetProperty("fields"), shared));

    private static ModelPrice ReadPrice(JsonElement price) => new(
        Text(price, "unit") switch
        {
            "image" => PriceUnit.Image,
            "second" => PriceUnit.Second,
            "job" => PriceUnit.Job,
            "1000_tokens" => PriceUnit.ThousandTokens,
            var unit => throw new InvalidDataException($"There is no price unit {unit}."),
        },
        price.GetProperty("list").GetDecimal(),
        price.GetProperty("discount").GetInt32());

    private static OrderedDictionary<string, JsonElement> ReadFields(JsonElement fields, JsonElement shared)
    {
        var read = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
            read[field.Name] = field.Value.ValueKind == JsonValueKind.True
                ? shared.GetProperty(field.Name)
                : field.Value;
        return read;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string[] Words(JsonElement element, string name) =>
        element.TryGetProperty(name, out var words)
            ? [.. words.EnumerateArray().Select(word => word.GetString()!)]
            : [];
}
