namespace AtlasActors.Host.Serving.Outgoing;

/// <summary>Whom the service tells of what it did.</summary>
/// <param name="Url">Who is told of batches whose files name nobody; null for nobody.</param>
/// <param name="ArePrivateAllowed">Whether addresses may be private, and http.</param>
internal sealed record WebhookSettings(string? Url = null, bool ArePrivateAllowed = false);
