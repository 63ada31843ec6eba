using System.Text;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// The flat JSON object that is sent to Atlas: the job's own fields, then its <c>params</c> as they stand.
/// </summary>
internal static class JobBody
{
    public static string Of(string model, string prompt, IReadOnlyList<BodyField> fields, MapNode? extra)
    {
        var json = new StringBuilder("{\"model\":", model.Length + prompt.Length + 80);
        JsonText.AppendQuoted(json, model);
        json.Append(",\"prompt\":");
        JsonText.AppendQuoted(json, prompt);
        foreach (var field in fields)
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
