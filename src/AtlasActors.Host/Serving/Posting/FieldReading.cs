using System.Text.Json;
using AtlasActors.BatchFiles;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>
/// Reads the fields of a JSON document, or of none at all. All that is wrong with them is told at once, by
/// <see cref="ThrowIfFaulty"/>; so is what nobody asked for.
/// </summary>
internal sealed class FieldReading
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private readonly Dictionary<string, JsonElement> _fields = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ParameterFault> _faults = [];

    /// <exception cref="ProblemException">The body is no JSON object.</exception>
    public FieldReading(byte[] body)
    {
        if (body.Length == 0)
            return;
        using var document = Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Bad("The body is to be one JSON object.");
        foreach (var field in document.RootElement.EnumerateObject())
            if (field.Value.ValueKind != JsonValueKind.Null)
                _fields[field.Name] = field.Value.Clone();
    }

    /// <summary>A text that is not empty; null where none is given.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        Fault(name, "is to be a text that is not empty.");
        return null;
    }

    /// <summary>Yes or no, no where nothing is given.</summary>
    public bool Flag(string name)
    {
        if (Find(name) is not { } value) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Fault(name, "is to be true or false.");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>Whole numbers from 1 on; null where none are given.</summary>
    public IReadOnlySet<int>? Numbers(string name)
    {
        if (Find(name) is not { } value) return null;
        var numbers = new HashSet<int>();
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(one => IsNumber(one, out var number) && numbers.Add(number)))
            return numbers;
        Fault(name, "is to be a list of whole numbers from 1 on, each once.");
        return null;
    }

    /// <summary>One of these words; null where none is given.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (Text(name) is not { } word) return null;
        if (words.TryGetValue(word, out var value)) return value;
        Fault(name, $"is '{word}': {DidYouMean.Hint(word, words.Keys) ?? $"give {string.Join(", ", words.Keys)}."}");
        return null;
    }

    public void Fault(string name, string message) => _faults.Add(new ParameterFault(name, message));

    /// <exception cref="ProblemException">Something was wrong; it has all of it.</exception>
    public void ThrowIfFaulty()
    {
        foreach (var name in _fields.Keys.Where(name => !_known.Contains(name)).Order(StringComparer.Ordinal))
            Fault(name, $"is no field here: {Advice(name)}");
        if (_faults.Count > 0)
            throw new ProblemException(
                StatusCodes.Status400BadRequest,
                string.Join(' ', _faults.Select(fault => $"{fault.Name} {fault.Message}"))) { Parameters = _faults };
    }

    private static bool IsNumber(JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number) && number > 0;
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException fault)
        {
            throw Bad($"The body is no JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
        }
    }

    private string Advice(string name) => _known.Count == 0
        ? "there are none."
        : DidYouMean.Hint(name, _known) ?? $"there are {string.Join(", ", _known.Order())}.";

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out var value) ? value : null;
    }

    private static ProblemException Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);
}
