using System.Text.Json;
using AtlasActors.Inputs;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>A job that is named as the maker of an input.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Kind">What it must make.</param>
/// <param name="Node">Where.</param>
/// <param name="Path">The place in the file.</param>
internal sealed record Mention(string Name, MediaKind Kind, FileNode Node, string Path);

/// <summary>A place in the body, and who fills it: the input of a file is complete, a mention has to be found yet.</summary>
internal sealed record MarkedInput(JobInput Input, InputFile? File, Mention? Maker);

/// <summary>
/// Stands for a job's inputs while its fields are mapped: each is a text that nobody writes, so that it is known again in
/// whatever field the model takes it. After that the place holds what the file says.
/// </summary>
internal sealed class InputMarks
{
    private const char Sign = '\u0001';

    private readonly List<(string Written, InputFile? File, Mention? Maker)> _inputs = [];

    public IEnumerable<Mention> Mentions => _inputs.Select(input => input.Maker).OfType<Mention>();

    /// <summary>A mark for a local file.</summary>
    public string Of(string written, InputFile file) => Add((written, file, null));

    /// <summary>A mark for what another job makes.</summary>
    public string Of(Mention maker) => Add(($"job:{maker.Name}", null, maker));

    /// <summary>The fields with what was written, and the places of the inputs in them.</summary>
    public (IReadOnlyList<BodyField> Fields, IReadOnlyList<MarkedInput> Inputs) Find(IReadOnlyList<BodyField> fields)
    {
        if (_inputs.Count == 0)
            return (fields, []);
        var inputs = new List<MarkedInput>();
        return ([.. fields.Select(field => Find(field, inputs))], inputs);
    }

    private string Add((string Written, InputFile? File, Mention? Maker) input)
    {
        _inputs.Add(input);
        return FormattableString.Invariant($"{Sign}{_inputs.Count - 1}");
    }

    private BodyField Find(BodyField field, List<MarkedInput> inputs)
    {
        if (!field.Json.Contains("\\u0001", StringComparison.Ordinal))
            return field;
        using var json = JsonDocument.Parse(field.Json);
        if (json.RootElement.ValueKind != JsonValueKind.Array)
            return BodyField.Text(field.Name, Written(json.RootElement.GetString()!, field.Name, null, inputs));
        var texts = json.RootElement.EnumerateArray().Select(item => item.GetString()!).ToList();
        return BodyField.Texts(
            field.Name, [.. texts.Select((text, place) => Written(text, field.Name, place, inputs))]);
    }

    private string Written(string text, string field, int? place, List<MarkedInput> inputs)
    {
        if (text[0] != Sign)
            return text;
        var (written, file, maker) = _inputs[int.Parse(text.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)];
        inputs.Add(new MarkedInput(new JobInput(field, place) { File = file?.Path }, file, maker));
        return written;
    }
}
