using System.Globalization;
using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>Something in a value that its schema does not take; <c>Below</c> says where in it.</summary>
internal sealed record ValueFault(string Below, string Message, string? Hint = null);

/// <summary>The rules of JSON Schema that Atlas's documents use, over one document.</summary>
internal sealed class SchemaRules(JsonElement document)
{
    // A schema may refer to itself.
    private const int Deepest = 32;

    /// <summary>The schema itself, after all references.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        for (var steps = 0; steps < Deepest && schema.At("$ref").String() is { } reference; steps++)
        {
            if (!reference.StartsWith("#/", StringComparison.Ordinal))
                break;
            var path = reference[2..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal)).ToArray();
            if (document.At(path) is not { } found)
                break;
            schema = found;
        }

        return schema;
    }

    /// <summary>The properties of an object's schema and of all that it is made of.</summary>
    public Dictionary<string, JsonElement> PropertiesOf(JsonElement schema)
    {
        var properties = new Dictionary<string, JsonElement>();
        foreach (var part in PartsOf(schema, 0))
        {
            if (part.At("properties").Object() is not { } known)
                continue;
            foreach (var property in known.EnumerateObject())
                properties.TryAdd(property.Name, property.Value);
        }

        return properties;
    }

    /// <summary>The names that an object must have.</summary>
    public IReadOnlyList<string> RequiredOf(JsonElement schema) =>
    [
        .. PartsOf(schema, 0).SelectMany(part => Items(part, "required"))
            .Select(name => ((JsonElement?)name).String()).OfType<string>().Distinct(),
    ];

    /// <summary>All that is wrong with a value.</summary>
    public List<ValueFault> Check(JsonElement schema, JsonElement value, string below, int depth = 0)
    {
        if (depth > Deepest)
            return [];
        schema = Resolve(schema);
        if (value.ValueKind == JsonValueKind.Null && schema.At("nullable").Flag() == true)
            return [];
        var found = Items(schema, "allOf").SelectMany(part => Check(part, value, below, depth + 1)).ToList();
        found.AddRange(CheckAny(schema, value, below, depth));
        if (SchemaTypes.Misfit(schema, value) is { } misfit)
            found.Add(new ValueFault(below, misfit));
        else if (SchemaLimits.Fault(schema, value) is var (message, hint))
            found.Add(new ValueFault(below, message, hint));
        else
            found.AddRange(CheckInside(schema, value, below, depth));
        return found;
    }

    /// <summary>A value in words, short.</summary>
    public static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{Shown.Short(JsonFields.Unicode(value) ?? "?")}'",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "a map",
        JsonValueKind.Null => "nothing",
        _ => Shown.Short(value.GetRawText()),
    };

    /// <summary>The items of a list in a schema; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement schema, string name) =>
        schema.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    // Of what fits in no way, the way that is nearest is told.
    private List<ValueFault> CheckAny(JsonElement schema, JsonElement value, string below, int depth)
    {
        var ways = Items(schema, "anyOf").Concat(Items(schema, "oneOf")).ToList();
        var faults = ways.Select(way => Check(way, value, below, depth + 1)).ToList();
        if (faults.Count == 0 || faults.Any(way => way.Count == 0))
            return [];
        var sameType = faults.Where((_, i) => SchemaTypes.Misfit(Resolve(ways[i]), value) is null).ToList();
        if (sameType.Count > 0)
            return sameType.MinBy(way => way.Count)!;
        var wanted = ways.Select(way => SchemaTypes.Wanted(Resolve(way))).OfType<string>().Distinct().ToList();
        return wanted.Count == 0
            ? faults[0]
            : [new ValueFault(below, $"wants {string.Join(" or ", wanted)}, found {Show(value)}")];
    }

    private IEnumerable<ValueFault> CheckInside(JsonElement schema, JsonElement value, string below, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array && schema.At("items").Object() is { } items)
            return value.EnumerateArray().SelectMany((item, i) => Check(
                items, item, string.Create(CultureInfo.InvariantCulture, $"{below}[{i + 1}]"), depth + 1));
        if (value.ValueKind != JsonValueKind.Object)
            return [];
        var properties = PropertiesOf(schema);
        var inside = value.EnumerateObject().SelectMany(field => properties.TryGetValue(field.Name, out var known)
            ? Check(known, field.Value, $"{below}.{field.Name}", depth + 1)
            : schema.At("additionalProperties").Flag() == false
                ? [new ValueFault(
                    $"{below}.{Shown.Short(field.Name)}", "is not known", DidYouMean.Hint(field.Name, properties.Keys))]
                : []);
        var missing = RequiredOf(schema).Where(name => !value.TryGetProperty(name, out _))
            .Select(name => new ValueFault($"{below}.{name}", "is missing"));
        return inside.Concat(missing);
    }

    private IEnumerable<JsonElement> PartsOf(JsonElement schema, int depth)
    {
        schema = Resolve(schema);
        return depth > Deepest
            ? []
            : Items(schema, "allOf").SelectMany(part => PartsOf(part, depth + 1)).Prepend(schema);
    }
}
