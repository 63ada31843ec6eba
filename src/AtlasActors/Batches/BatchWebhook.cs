namespace AtlasActors.Batches;

/// <summary>
/// Whom a service tells of a batch. It is recorded with the batch, and no part of its fingerprint: what is asked for is the same.
/// </summary>
/// <param name="Url">The address that is posted to, http or https.</param>
/// <param name="Jobs">Whether it is told of each job that ends.</param>
/// <param name="Batches">Whether it is told of the batch's own end, and of its being halted.</param>
public sealed record BatchWebhook(string Url, bool Jobs = true, bool Batches = true);
