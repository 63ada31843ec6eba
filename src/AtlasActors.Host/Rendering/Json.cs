using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AtlasActors.Host.Rendering;

/// <summary>
/// How the documents on standard output are written: snake_case, indented, letters of all scripts as they are.
/// </summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        // No page embeds these documents; a name in Chinese shall be readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    /// <summary>The document on one line.</summary>
    public static string Line(object document) => JsonSerializer.Serialize(document, OneLine);

    /// <summary>Writes the one document.</summary>
    public static void Write(TextWriter output, object document)
    {
        output.Write(JsonSerializer.Serialize(document, Options));
        output.Write('\n');
        output.Flush();
    }
}
