using System.Text;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// The flat JSON object that is sent to Atlas: the job's own fields, then its <c>params</c> as they stand.
/// </summary>
internal static class JobBody
{
    public static string Of(string model, BodyField? prompt, IReadOnlyList<BodyField> fields, MapNode? extra)
    {
        var json = new StringBuilder("{\"model\":", model.Length + (prompt?.Json.Length ?? 0) + 80);
        JsonText.AppendQuoted(json, model);
        foreach (var field in prompt is { } said ? fields.Prepend(said) : fields)
        {
            json.Append(',');
            JsonText.AppendQuoted(json, field.Name);
            json.Append(':').Append(field.Json);
        }

        foreach (var entry in extra?.Entries ?? [])
        {
            json.Append(',');
            JsonText.AppendEntry(json, entry);
        }

        return json.Append('}').ToString();
    }
}
