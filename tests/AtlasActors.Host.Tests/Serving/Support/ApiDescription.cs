using System.Text.Json;
using AtlasActors.Host.Serving;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>A path and method, as the OpenAPI document has it.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Answers">What it may be answered with, by status; without what is said of all others.</param>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyDictionary<int, JsonElement> Answers)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The OpenAPI document, and whether a text is what it says.</summary>
internal sealed class ApiDescription
{
    private readonly JsonElement _document;

    private ApiDescription(JsonElement document) => _document = document;

    public IReadOnlyList<ApiOperation> Operations =>
    [
        .. from path in _document.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select new ApiOperation(
               method.Name.ToUpperInvariant(), path.Name,
               method.Value.GetProperty("responses").EnumerateObject().Where(answer => int.TryParse(answer.Name, out _))
                   .ToDictionary(answer => int.Parse(answer.Name), answer => Resolve(answer.Value))),
    ];

    public static ApiDescription Read()
    {
        using var stream = typeof(ServiceApp).Assembly.GetManifestResourceStream("AtlasActors.Host.openapi.json")!;
        return new ApiDescription(JsonDocument.Parse(stream).RootElement);
    }

    /// <summary>What of an answer is not as the document says; nothing where all is.</summary>
    public IEnumerable<string> Misfits(JsonElement answer, string? contentType, string body)
    {
        if (!answer.TryGetProperty("content", out var content))
            return body.Length == 0 ? [] : ["has a body"];
        var described = content.EnumerateObject().Single();
        if (described.Name != contentType && described.Name != "*/*")
            return [$"is {contentType}, and not {described.Name}"];
        return contentType?.EndsWith("json", StringComparison.Ordinal) == true && described.Value.TryGetProperty("schema", out var schema)
            ? Misfits(schema, JsonDocument.Parse(body).RootElement, "$")
            : [];
    }

    /// <summary>The words that something may be, in order; the place is in the schemas.</summary>
    public IEnumerable<string> WordsAt(string place) => Find($"#/components/schemas/{place}")!.Value.GetProperty("enum")
        .EnumerateArray().Select(word => word.GetString()!).Order();

    /// <summary>Everything in the document that refers to something else in it.</summary>
    public IEnumerable<string> BrokenReferences() => References(_document).Where(reference => Find(reference) is null);

    private IEnumerable<string> Misfits(JsonElement schema, JsonElement value, string place)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Count(choice => !Misfits(choice, value, place).Any()) == 1
                ? []
                : [$"{place} is none of those that it may be: {value}"];
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(name, value)))
            return [$"{place} is no {type}: {value}"];
        if (schema.TryGetProperty("enum", out var words) && words.EnumerateArray().All(word => word.GetString() != value.GetString()))
            return [$"{place} is '{value}'"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Fields(schema, value, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, i) => Misfits(items, item, $"{place}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Fields(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
                yield return $"{place} lacks {name}";
        foreach (var field in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(field.Name, out var known))
            {
                foreach (var misfit in Misfits(known, field.Value, $"{place}.{field.Name}")) yield return misfit;
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind == JsonValueKind.False) yield return $"{place}.{field.Name} is not described";
                else foreach (var misfit in Misfits(others, field.Value, $"{place}.{field.Name}")) yield return misfit;
            }
            if (schema.TryGetProperty("propertyNames", out var names)
                && names.GetProperty("enum").EnumerateArray().All(name => name.GetString() != field.Name))
                yield return $"{place} may not have {field.Name}";
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type."),
    };

    private JsonElement Resolve(JsonElement node) =>
        node.TryGetProperty("$ref", out var reference) ? Resolve(Find(reference.GetString()!)!.Value) : node;

    private JsonElement? Find(string reference)
    {
        var found = _document;
        foreach (var step in reference.Split('/').Skip(1))
        {
            if (found.ValueKind == JsonValueKind.Array) found = found[int.Parse(step)];
            else if (!found.TryGetProperty(step, out found)) return null;
        }
        return found;
    }

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(field =>
            field.Name == "$ref" ? [field.Value.GetString()!] : References(field.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
