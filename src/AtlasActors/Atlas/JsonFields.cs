using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Reading fields that may be there or not, and may be of any kind.</summary>
internal static class JsonFields
{
    /// <summary>The field at the end of a path of objects; null where there is none, or it is null.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>A text that is not blank, or a number as it was written.</summary>
    public static string? Text(this JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.String => Unicode(element.Value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null,
        JsonValueKind.Number => element.Value.GetRawText(),
        _ => null,
    };

    /// <summary>Only a text; numbers are none.</summary>
    public static string? String(this JsonElement? element) =>
        element?.ValueKind == JsonValueKind.String ? element.Text() : null;

    /// <summary>The field, where it is an object.</summary>
    public static JsonElement? Object(this JsonElement? element) =>
        element?.ValueKind == JsonValueKind.Object ? element : null;

    /// <summary>The text; null where it is no Unicode, as a message is that was cut within a sign.</summary>
    public static string? Unicode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
