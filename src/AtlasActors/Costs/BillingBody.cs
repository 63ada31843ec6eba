using System.Collections.Frozen;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>
/// A job's body as it is asked a price for: without what does not bill, so that jobs that differ in nothing else are one
/// question. What a price may need to be there, though not what it says, is there as a placeholder. Pure.
/// </summary>
internal static class BillingBody
{
    private const string Prompt = "a prompt";
    private const string Picture = "https://static.atlascloud.ai/placeholder.png";
    private const string Clip = "https://static.atlascloud.ai/placeholder.mp4";
    private const string Sound = "https://static.atlascloud.ai/placeholder.mp3";

    private static readonly string[] Schemes = ["https://", "http://", "data:", "asset://"];

    private static readonly FrozenSet<string> NotBilled = FrozenSet.Create("seed", "negative_prompt", "webhook_url");

    /// <summary>Fields that hold media, also where what stands there is a file of this machine.</summary>
    private static readonly FrozenSet<string> Media = FrozenSet.Create(
        "image", "images", "last_image", "end_image", "first_image", "mask_image", "image_url", "image_urls",
        "reference_images", "video", "videos", "video_url", "reference_videos", "audio", "audio_url", "reference_audios");

    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The question's body, its fields in one order whatever the job's.</summary>
    public static string Of(JobDefinition job)
    {
        using var body = JsonDocument.Parse(job.Body);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Layout))
        {
            json.WriteStartObject();
            foreach (var field in body.RootElement.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal))
                if (!NotBilled.Contains(field.Name))
                    Write(json, field, isPromptFree: job.Kind is MediaKind.Image or MediaKind.Video);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // Of speech and music the length of the text is what bills: there the prompt is asked with.
    private static void Write(Utf8JsonWriter json, JsonProperty field, bool isPromptFree)
    {
        json.WritePropertyName(field.Name);
        if (field.Name == "prompt" && isPromptFree) json.WriteStringValue(Prompt);
        else WriteValue(json, field.Name, field.Value);
    }

    private static void WriteValue(Utf8JsonWriter json, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when Media.Contains(name) || IsAddress(value.GetString()!):
                json.WriteStringValue(Placeholder(name));
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) WriteValue(json, name, item);
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsAddress(string text) =>
        Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    private static string Placeholder(string name) =>
        name.Contains("video", StringComparison.Ordinal) ? Clip
        : name.Contains("audio", StringComparison.Ordinal) ? Sound
        : Picture;
}
