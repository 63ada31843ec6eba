using System.Text.Json;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>A JSON Web Key Set (RFC 7517), of which the Ed25519 keys (RFC 8037) are read and all others left out.</summary>
internal static class JwksDocument
{
    /// <summary>More keys than anybody publishes.</summary>
    private const int MostKeys = 100;

    /// <summary>The keys by their names; null where the bytes are no key set.</summary>
    public static IReadOnlyDictionary<string, Ed25519Key>? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            if (json.RootElement.At("keys") is not { ValueKind: JsonValueKind.Array } listed) return null;
            var keys = new Dictionary<string, Ed25519Key>(StringComparer.Ordinal);
            foreach (var entry in listed.EnumerateArray().Take(MostKeys))
                if (entry.At("kid").String() is { } name && KeyIn(entry) is { } key)
                    keys.TryAdd(name, key);
            return keys;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Ed25519Key? KeyIn(JsonElement entry) =>
        entry.At("kty").String() == "OKP" && entry.At("crv").String() == "Ed25519"
        && entry.At("use").String() is null or "sig"
        && entry.At("x").String() is { } x && Base64UrlText.Decode(x, Ed25519Point.Length) is { } bytes
            ? Ed25519Key.Read(bytes)
            : null;
}
