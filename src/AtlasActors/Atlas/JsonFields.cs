using System.Globalization;
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

    /// <summary>The field; null where there is none, or it is null.</summary>
    public static JsonElement? At(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field)
        && field.ValueKind != JsonValueKind.Null
            ? field
            : null;

    /// <summary>A number that is written without a fraction and not beyond reason.</summary>
    public static int? WholeNumber(this JsonElement? element) =>
        element?.ValueKind == JsonValueKind.Number && element.Value.TryGetInt32(out var number) ? number : null;

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

    /// <summary>What an error says: a text, an object that holds one, or the first of several.</summary>
    public static string? Words(this JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.String => element.Text(),
        JsonValueKind.Object => element.Value.At("message").String() ?? element.Value.At("msg").String(),
        JsonValueKind.Array => element.Value.EnumerateArray()
            .Select(item => Words(item)).FirstOrDefault(words => words is not null),
        _ => null,
    };

    /// <summary>An amount: a number, or a numeral in a text; null where it is below zero or beyond reason.</summary>
    public static decimal? Amount(this JsonElement? element) =>
        element.SignedAmount() is { } amount and >= 0 ? amount : null;

    /// <summary>An amount that may be below zero.</summary>
    public static decimal? SignedAmount(this JsonElement? element) =>
        decimal.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;

    /// <summary>Yes or no; null where neither is said.</summary>
    public static bool? Flag(this JsonElement? element) => element?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

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
