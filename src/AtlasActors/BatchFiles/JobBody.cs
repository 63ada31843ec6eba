using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AtlasActors.BatchFiles;

/// <summary>The flat JSON object that is sent to Atlas: the job's own fields, then its <c>params</c> as they stand.</summary>
internal static class JobBody
{
    // Relaxed: a prompt of any script stays readable in logs and journals. Nothing of it is ever put into HTML.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of an image job.</summary>
    public static string OfImage(string model, string prompt, int width, int height, MapNode? extra) =>
        Write(model, prompt, extra, json =>
        {
            json.WriteNumber("width", width);
            json.WriteNumber("height", height);
        });

    /// <summary>The body of a video job.</summary>
    public static string OfVideo(string model, string prompt, decimal seconds, string resolution, MapNode? extra) =>
        Write(model, prompt, extra, json =>
        {
            json.WriteNumber("duration", seconds);
            json.WriteString("resolution", resolution);
        });

    private static string Write(string model, string prompt, MapNode? extra, Action<Utf8JsonWriter> writeKind)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Compact);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteString("prompt", prompt);
        writeKind(json);
        if (extra is not null)
            WriteEntries(json, extra);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteEntries(Utf8JsonWriter json, MapNode map)
    {
        foreach (var entry in map.Entries)
        {
            json.WritePropertyName(entry.Key);
            WriteValue(json, entry.Value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, FileNode node)
    {
        switch (node)
        {
            case MapNode map:
                json.WriteStartObject();
                WriteEntries(json, map);
                json.WriteEndObject();
                break;
            case ListNode list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            case ScalarNode scalar:
                WriteScalar(json, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, ScalarNode scalar)
    {
        switch (CoreSchema.KindOf(scalar))
        {
            case ScalarKind.Nothing:
                json.WriteNullValue();
                break;
            case ScalarKind.Boolean:
                json.WriteBooleanValue(scalar.Text[0] is 't' or 'T');
                break;
            case ScalarKind.WholeNumber or ScalarKind.Number:
                json.WriteRawValue(CoreSchema.JsonNumber(scalar.Text)!);
                break;
            default:
                json.WriteStringValue(scalar.Text);
                break;
        }
    }
}
