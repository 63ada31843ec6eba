namespace AtlasActors.Atlas;

/// <summary>What came of a call that costs nothing and begins no job: exactly one of the nested kinds.</summary>
public abstract record FreeAnswer<T>
{
    private FreeAnswer() { }

    /// <summary>What was asked for.</summary>
    public sealed record Told(T Value) : FreeAnswer<T>;

    /// <summary>It would be refused again: a bad field, a file that is too large, an unknown model.</summary>
    public sealed record Refused(AtlasFailure Failure) : FreeAnswer<T>;

    /// <summary>401 or 403: the key is refused.</summary>
    public sealed record KeyRefused(AtlasFailure Failure) : FreeAnswer<T>;

    /// <summary>402: the balance is used up.</summary>
    public sealed record OutOfBalance(AtlasFailure Failure) : FreeAnswer<T>;

    /// <summary>No word: time-out, reset, 429, 5xx, an answer that can't be read. It may be asked again.</summary>
    public sealed record Unanswered(AtlasFailure Failure, TimeSpan? RetryAfter) : FreeAnswer<T>;
}
