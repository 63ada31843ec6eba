using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Finds a prediction's id under every name that it has been seen under.</summary>
internal static class PredictionId
{
    private const int Longest = 256;

    /// <summary>
    /// In an answer that is no error. Beside <c>data: null</c> a <c>request_id</c> is the request's trace.
    /// </summary>
    public static string? In(JsonElement root)
    {
        var data = root.At("data"u8);
        return InData(data) ?? Usable(root.At("id"u8)) ?? OfOlderClients(data, root)
            ?? Usable(data?.At("request_id"u8))
            ?? (data is null && root.TryGetProperty("data"u8, out _) ? null : Usable(root.At("request_id"u8)));
    }

    /// <summary>
    /// In an error, where <c>request_id</c> is the request's trace and a flat <c>id</c> may be the error's own.
    /// </summary>
    public static string? InError(JsonElement root)
    {
        var data = root.At("data"u8);
        return InData(data) ?? OfOlderClients(data, root);
    }

    private static string? InData(JsonElement? data) =>
        Usable(data?.At("id"u8)) ?? Usable(data?.At("data"u8)?.At("id"u8));

    private static string? OfOlderClients(JsonElement? data, JsonElement root) =>
        Usable(data?.At("prediction_id"u8)) ?? Usable(data?.At("predictionId"u8))
        ?? Usable(root.At("predictionId"u8)) ?? Usable(root.At("prediction_id"u8));

    private static string? Usable(JsonElement? candidate) =>
        candidate.Text() is { } id && IsUsable(id) ? id : null;

    /// <summary>Whether a text may stand in an address; dots alone would change the address.</summary>
    public static bool IsUsable(string id) =>
        id.Length <= Longest && !HasControls(id) && id.AsSpan().Trim('.').Length > 0;

    private static bool HasControls(string id)
    {
        foreach (var letter in id)
            if (char.IsControl(letter))
                return true;
        return false;
    }
}
