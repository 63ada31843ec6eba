using System.Globalization;
using System.Text;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>Whether a webhook is Atlas's own, and what it tells.</summary>
internal abstract record WebhookCheck
{
    /// <summary>By so much Atlas's clock and this machine's may differ, and a delivery may take.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(300);

    private WebhookCheck() { }

    /// <summary>It is.</summary>
    public sealed record Verified(WebhookEvent Event) : WebhookCheck;

    /// <summary>It is not, or can't be told to be.</summary>
    public sealed record Refused(WebhookFault Fault) : WebhookCheck;

    /// <summary>Checks a request. What needs no key is checked first, so that nobody has keys fetched by an empty request.</summary>
    public static async Task<WebhookCheck> OfAsync(
        SignedWebhook webhook, IWebhookKeys keys, DateTimeOffset now, CancellationToken cancellation)
    {
        if (webhook is not { Timestamp: { } timestamp, KeyId: { Length: > 0 } keyId, Signature: { } written })
            return new Refused(WebhookFault.HeaderMissing);
        if (SignedAt(timestamp) is not { } signedAt)
            return new Refused(WebhookFault.TimestampUnreadable);
        if ((now - signedAt).Duration() > Skew)
            return new Refused(WebhookFault.TooOld);
        if (Base64UrlText.Decode(written, Ed25519Key.SignatureLength) is not { } signature)
            return new Refused(WebhookFault.SignatureWrong);
        return await keys.FindAsync(keyId, cancellation) switch
        {
            KeyLookup.Found { Key: var key } when IsSigned(key, timestamp, webhook.Body.Span, signature) =>
                WebhookEvent.Read(webhook.Body) is { } told ? new Verified(told) : new Refused(WebhookFault.BodyUnreadable),
            KeyLookup.Found => new Refused(WebhookFault.SignatureWrong),
            KeyLookup.Unreachable => new Refused(WebhookFault.KeysUnreachable),
            _ => new Refused(WebhookFault.KeyUnknown),
        };
    }

    private static bool IsSigned(Ed25519Key key, string timestamp, ReadOnlySpan<byte> body, byte[] signature) =>
        key.Signed(Encoding.ASCII.GetBytes($"{timestamp}."), body, signature);

    /// <summary>Digits alone: the header's text goes into what is signed just as it is.</summary>
    private static DateTimeOffset? SignedAt(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
