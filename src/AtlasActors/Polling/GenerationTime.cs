namespace AtlasActors.Polling;

/// <summary>
/// How long one generation took: more than <paramref name="From"/> and at most <paramref name="To"/>. The two are the same
/// where Atlas told the time; else they are the polls on both sides of its end.
/// </summary>
/// <param name="Key">Whose it is.</param>
/// <param name="AcceptedAt">When Atlas took the job.</param>
/// <param name="From">How long it ran at least.</param>
/// <param name="To">How long it ran at most.</param>
/// <param name="Typical">What the catalog holds for usual: all that is known of a model before its first generation.</param>
internal sealed record GenerationTime(
    GenerationKey Key, DateTimeOffset AcceptedAt, TimeSpan From, TimeSpan To, TimeSpan Typical);
