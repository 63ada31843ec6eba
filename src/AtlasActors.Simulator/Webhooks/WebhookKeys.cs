using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>A key that signs calls, and the id it is known by.</summary>
internal sealed record WebhookKey(string Id, Ed25519Signer Signer);

/// <summary>
/// The keys that sign calls: they follow from the seed, so that a simulator that is started again signs as before.
/// Since the last rotation one signs, and the one before it is still published.
/// </summary>
internal sealed class WebhookKeys(int seed)
{
    private readonly Lock _gate = new();
    private WebhookKey _current = Key(seed, "1");
    private WebhookKey? _former;
    private int _generation = 1;

    /// <summary>A key that is never published.</summary>
    public WebhookKey Unpublished { get; } = Key(seed, "unpublished");

    public WebhookKey Current
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    public void Rotate()
    {
        lock (_gate)
        {
            _generation++;
            _former = _current;
            _current = Key(seed, _generation.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The public keys as a JSON Web Key Set.</summary>
    public JsonObject Published()
    {
        lock (_gate)
        {
            var keys = _former is { } former ? new[] { _current, former } : [_current];
            return new JsonObject { ["keys"] = new JsonArray([.. keys.Select(Published)]) };
        }
    }

    private static JsonObject Published(WebhookKey key) => new()
    {
        ["kty"] = "OKP",
        ["crv"] = "Ed25519",
        ["use"] = "sig",
        ["alg"] = "EdDSA",
        ["kid"] = key.Id,
        ["x"] = Base64Url.EncodeToString(key.Signer.PublicKey),
    };

    private static WebhookKey Key(int seed, string name)
    {
        var secret = string.Create(CultureInfo.InvariantCulture, $"a simulator's webhooks, seed {seed}, key {name}");
        var signer = new Ed25519Signer(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return new WebhookKey($"{name}-{Convert.ToHexStringLower(signer.PublicKey.AsSpan(0, 4))}", signer);
    }
}
