using System.Text.Json;
using AtlasActors.Costs;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>How a generation ended, as Atlas's webhook tells it.</summary>
public enum WebhookEnding
{
    /// <summary>It does not say.</summary>
    Unclear,

    /// <summary>It was made, and is charged.</summary>
    Completed,

    /// <summary>It failed or timed out, and is not charged.</summary>
    Failed,
}

/// <summary>What a webhook of Atlas's tells: a generation has come to its end.</summary>
/// <param name="PredictionId">Which.</param>
/// <param name="Ending">How.</param>
/// <param name="Price">What was charged, where it says so.</param>
public sealed record WebhookEvent(string PredictionId, WebhookEnding Ending, Usd? Price)
{
    /// <summary>Reads a body that Atlas signed; null where it names no prediction.</summary>
    internal static WebhookEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The latter is for a field's name that is no Unicode.
            return null;
        }
    }

    private static WebhookEvent? Read(JsonElement root)
    {
        var id = Usable(root.At("session_id").String()) ?? Usable(root.At("payload", "id").String());
        return id is null ? null : new WebhookEvent(
            id, EndingIn(root), root.At("payload", "price").Amount() is { } price ? new Usd(price) : null);
    }

    /// <summary>The payload's own word counts: it may be that of a failure under the status OK.</summary>
    private static WebhookEnding EndingIn(JsonElement root)
    {
        var isError = IsWord(root, "ERROR");
        return root.At("payload", "status").String() is { } word && JobStatus.Of(word) is var phase and not JobPhase.Unheard
            ? phase switch
            {
                JobPhase.Failed => WebhookEnding.Failed,
                JobPhase.Completed when !isError => WebhookEnding.Completed,
                _ => WebhookEnding.Unclear,
            }
            : isError ? WebhookEnding.Failed : IsWord(root, "OK") ? WebhookEnding.Completed : WebhookEnding.Unclear;
    }

    private static bool IsWord(JsonElement root, string word) =>
        string.Equals(root.At("status").String()?.Trim(), word, StringComparison.OrdinalIgnoreCase);

    private static string? Usable(string? id) => id is not null && Atlas.PredictionId.IsUsable(id) ? id : null;
}
