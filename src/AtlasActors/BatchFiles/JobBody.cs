using System.Globalization;
using System.Text;

namespace AtlasActors.BatchFiles;

/// <summary>
/// The flat JSON object that is sent to Atlas: the job's own fields, then its <c>params</c> as they stand.
/// </summary>
internal static class JobBody
{
    /// <summary>The body of an image job.</summary>
    public static string OfImage(string model, string prompt, int width, int height, MapNode? extra)
    {
        var json = Begin(model, prompt);
        json.Append(CultureInfo.InvariantCulture, $",\"width\":{width},\"height\":{height}");
        return End(json, extra);
    }

    /// <summary>The body of a video job.</summary>
    public static string OfVideo(string model, string prompt, decimal seconds, string resolution, MapNode? extra)
    {
        var json = Begin(model, prompt);
        json.Append(CultureInfo.InvariantCulture, $",\"duration\":{seconds},\"resolution\":");
        JsonText.AppendQuoted(json, resolution);
        return End(json, extra);
    }

    private static StringBuilder Begin(string model, string prompt)
    {
        var json = new StringBuilder("{\"model\":", model.Length + prompt.Length + 80);
        JsonText.AppendQuoted(json, model);
        json.Append(",\"prompt\":");
        JsonText.AppendQuoted(json, prompt);
        return json;
    }

    private static string End(StringBuilder json, MapNode? extra)
    {
        foreach (var entry in extra?.Entries ?? [])
        {
            json.Append(',');
            JsonText.AppendEntry(json, entry);
        }

        return json.Append('}').ToString();
    }
}
