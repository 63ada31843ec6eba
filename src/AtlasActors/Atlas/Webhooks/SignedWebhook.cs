namespace AtlasActors.Atlas.Webhooks;

/// <summary>A request that says it is Atlas's: what its signature is over, and the signature.</summary>
/// <param name="Timestamp">When it was signed, in seconds since 1970, as the header has it; or null.</param>
/// <param name="KeyId">By which of Atlas's keys, or null.</param>
/// <param name="Signature">The signature as base64url, or null.</param>
/// <param name="Body">The body's bytes just as they came.</param>
public sealed record SignedWebhook(string? Timestamp, string? KeyId, string? Signature, ReadOnlyMemory<byte> Body)
{
    private const string Prefix = "X-AtlasCloud-Webhook-";

    /// <summary>The longest body that is worth reading, 1 MB; Atlas sends addresses, not media.</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>A request of which <paramref name="header"/> tells the headers, whatever the case of their names.</summary>
    public static SignedWebhook Of(Func<string, string?> header, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new SignedWebhook(
            header(Prefix + "Timestamp"), header(Prefix + "Key-Id"), header(Prefix + "Signature-Ed25519"), body);
    }
}
