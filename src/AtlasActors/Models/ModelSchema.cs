using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>
/// What a model takes, as Atlas publishes it: an OpenAPI 3 document, of which the schema named Input counts.
/// </summary>
public sealed class ModelSchema
{
    private const int DeepestNesting = 64;

    // What every submission may have, whatever the model takes.
    private static readonly string[] Platform = ["model", "webhook_url"];

    private readonly SchemaRules _rules;
    private readonly Dictionary<string, JsonElement> _fields;
    private readonly IReadOnlyList<string> _required;

    private ModelSchema(JsonElement document, JsonElement input)
    {
        _rules = new SchemaRules(document);
        _fields = _rules.PropertiesOf(input);
        _required = _rules.RequiredOf(input);
        IsOpen = _rules.Resolve(input).At("additionalProperties").Flag() == true;
    }

    /// <summary>The names of the fields, in the document's order, without those that are switched off.</summary>
    public IReadOnlyList<string> Fields =>
        [.. _fields.Where(entry => !Is(entry.Value, "disabled")).Select(entry => entry.Key)];

    private bool IsOpen { get; }

    /// <summary>The schema in a document; null where there is none that can be read.</summary>
    public static ModelSchema? Parse(string document)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            var root = JsonElement.Parse(document, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            var input = root.At("components", "schemas", "Input").Object();
            var schema = input is null ? null : new ModelSchema(root, input.Value);
            return schema is { _fields.Count: > 0 } ? schema : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// All that does not fit in the body of a submission, which is one JSON object. A text fits a field that wants an
    /// address, whatever it says: a local file is uploaded later.
    /// </summary>
    public IReadOnlyList<SchemaMismatch> Check(string body)
    {
        using var json = JsonDocument.Parse(body);
        var sent = json.RootElement;
        var found = new List<SchemaMismatch>();
        foreach (var field in sent.EnumerateObject())
        {
            if (_fields.TryGetValue(field.Name, out var schema))
                found.AddRange(CheckField(field, schema));
            else if (!IsOpen && !Platform.Contains(field.Name))
                found.Add(new SchemaMismatch(
                    MismatchKind.Unknown, field.Name, "", $"it has no '{Shown.Short(field.Name)}'",
                    DidYouMean.Hint(field.Name, Fields) ?? $"it has {Shown.List(Fields)}"));
        }

        found.AddRange(_required.Where(name => !sent.TryGetProperty(name, out _)).Select(Missing)
            .OfType<SchemaMismatch>());
        return found;
    }

    private IEnumerable<SchemaMismatch> CheckField(JsonProperty field, JsonElement schema)
    {
        if (Is(schema, "disabled"))
            return [new SchemaMismatch(
                MismatchKind.SwitchedOff, field.Name, "", $"'{field.Name}' is switched off, and may be refused")];
        return _rules.Check(schema, field.Value, "").Select(fault => new SchemaMismatch(
            MismatchKind.Value, field.Name, fault.Below, $"'{field.Name}{fault.Below}' {fault.Message}", fault.Hint));
    }

    // What is switched off or not shown cannot be asked of anybody.
    private SchemaMismatch? Missing(string name)
    {
        var known = _fields.TryGetValue(name, out var schema);
        var usual = known ? _rules.Resolve(schema).At("default") : null;
        if (known && (Is(schema, "disabled") || Is(schema, "hidden")))
            return null;
        return usual is null
            ? new SchemaMismatch(MismatchKind.Missing, name, "", $"'{name}' is missing")
            : new SchemaMismatch(
                MismatchKind.Defaulted, name, "",
                $"'{name}' is missing, and perhaps taken to be {SchemaRules.Show(usual.Value)}");
    }

    private bool Is(JsonElement schema, string word) =>
        schema.At(word).Flag() == true || _rules.Resolve(schema).At(word).Flag() == true;
}
