using System.Text.Json;
using AtlasActors.Jobs;

namespace AtlasActors.Polling;

/// <summary>
/// Whose generation times are alike: jobs of one model, and of those the ones with the same settings that a time depends on.
/// </summary>
/// <param name="Model">The model as the batch file names it.</param>
/// <param name="Settings"><c>duration 5, resolution 1080p</c>; empty where the body has none, and for the model in all.</param>
internal readonly record struct GenerationKey(string Model, string Settings)
{
    private const int LongestSetting = 40;

    private static readonly string[] Fields = ["duration", "seconds", "resolution", "size"];

    /// <summary>The model with whatever settings.</summary>
    public GenerationKey OfModel() => this with { Settings = "" };

    public static GenerationKey Of(JobDefinition job)
    {
        try
        {
            using var body = JsonDocument.Parse(job.Body);
            return new GenerationKey(job.Model, string.Join(", ", Fields
                .Where(field => body.RootElement.TryGetProperty(field, out _))
                .Select(field => $"{field} {Shown(body.RootElement.GetProperty(field))}")));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // A definition that was made without a file may hold anything; its model is something to go by.
            return new GenerationKey(job.Model, "");
        }
    }

    private static string Shown(JsonElement value)
    {
        var text = value.ToString();
        return text.Length <= LongestSetting ? text : text[..LongestSetting];
    }
}
