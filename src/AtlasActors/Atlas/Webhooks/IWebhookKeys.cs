namespace AtlasActors.Atlas.Webhooks;

/// <summary>The keys by which Atlas signs its webhooks.</summary>
internal interface IWebhookKeys
{
    /// <summary>Looks for a key by its name.</summary>
    Task<KeyLookup> FindAsync(string keyId, CancellationToken cancellation);
}

/// <summary>What came of looking for a key.</summary>
internal abstract record KeyLookup
{
    private KeyLookup() { }

    public sealed record Found(Ed25519Key Key) : KeyLookup;

    /// <summary>Atlas does not publish it.</summary>
    public sealed record Unknown : KeyLookup;

    /// <summary>Atlas could not be asked.</summary>
    public sealed record Unreachable : KeyLookup;
}
