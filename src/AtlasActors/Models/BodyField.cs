using System.Globalization;
using System.Text;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>A field of what is sent, its value as JSON.</summary>
internal readonly record struct BodyField(string Name, string Json)
{
    public static BodyField Text(string name, string value)
    {
        var json = new StringBuilder();
        JsonText.AppendQuoted(json, value);
        return new BodyField(name, json.ToString());
    }

    public static BodyField Number(string name, decimal value) =>
        new(name, value.ToString(CultureInfo.InvariantCulture));

    public static BodyField Switch(string name, bool value) => new(name, value ? "true" : "false");

    public static BodyField Texts(string name, IReadOnlyList<string> values)
    {
        var json = new StringBuilder("[");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            JsonText.AppendQuoted(json, values[i]);
        }

        return new BodyField(name, json.Append(']').ToString());
    }
}

/// <summary>Something that a job says and its model does not take.</summary>
/// <param name="Key">The job's key that it is about.</param>
/// <param name="IsSure">Whether it would surely be refused.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What would put it right, or null.</param>
internal sealed record Complaint(string Key, bool IsSure, string Message, string? Hint = null)
{
    /// <summary>Whether it is that the key is not there, or has no value that could be read.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What is said of a field that is written in <c>params</c> too.</summary>
    public static Complaint InParams(string key, string name) =>
        new(key, false, $"'params' has '{name}' too, and that is what is sent", "write one of them");
}

/// <summary>A job's common fields as its model takes them.</summary>
/// <param name="Fields">What is sent, beside model, prompt and params.</param>
/// <param name="Seconds">The length that its price counts; 0 of what has none.</param>
/// <param name="Complaints">What does not fit.</param>
internal sealed record MappedFields(
    IReadOnlyList<BodyField> Fields, decimal Seconds, IReadOnlyList<Complaint> Complaints);
