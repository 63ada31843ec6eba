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
        var data = root.At("data");
        var isEmptyEnvelope = data is null && root.TryGetProperty("data", out _);
        return First(
            data?.At("id"), data?.At("data", "id"), root.At("id"),
            data?.At("prediction_id"), data?.At("predictionId"), root.At("predictionId"), root.At("prediction_id"),
            data?.At("request_id"), isEmptyEnvelope ? null : root.At("request_id"));
    }

    /// <summary>
    /// In an error, where <c>request_id</c> is the request's trace and a flat <c>id</c> may be the error's own.
    /// </summary>
    public static string? InError(JsonElement root)
    {
        var data = root.At("data");
        return First(
            data?.At("id"), data?.At("data", "id"),
            data?.At("prediction_id"), data?.At("predictionId"), root.At("predictionId"), root.At("prediction_id"));
    }

    private static string? First(params ReadOnlySpan<JsonElement?> candidates)
    {
        foreach (var candidate in candidates)
            if (candidate.Text() is { } id && IsUsable(id))
                return id;
        return null;
    }

    /// <summary>Whether a text may stand in an address; dots alone would change the address.</summary>
    public static bool IsUsable(string id) =>
        id.Length <= Longest && !id.Any(char.IsControl) && id.Trim('.').Length > 0;
}
