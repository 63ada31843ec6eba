using AtlasActors.Jobs;

namespace AtlasActors.Atlas;

/// <summary>
/// The two calls that make media. Every expected failure is an answer, never an exception, but for a cancelled
/// <see cref="CancellationToken"/>; what is thrown otherwise is a fault of ours.
/// </summary>
internal interface IAtlasApi
{
    /// <summary>
    /// Asks Atlas to generate; money may be spent. It is sent once at most, whatever happens. Cancelling it may leave
    /// it unknown whether Atlas took it.
    /// </summary>
    Task<SubmitAnswer> SubmitAsync(MediaKind kind, string body, CancellationToken cancellation);

    /// <summary>Asks how a prediction is; costs nothing, and may be asked at any time.</summary>
    Task<PollAnswer> PollAsync(Prediction prediction, CancellationToken cancellation);
}

/// <summary>A generation that Atlas took on.</summary>
/// <param name="Id">Atlas's id of it.</param>
/// <param name="PollUrl">Where Atlas said to ask for it, if it did; followed on the API's own host only.</param>
internal sealed record Prediction(string Id, string? PollUrl);

/// <summary>What went wrong, for people and for the manifest. Never holds a key or a signed address.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="HttpStatus">The HTTP status, when there was an answer.</param>
/// <param name="Code">Atlas's own code in the body, such as 1039 for moderation.</param>
/// <param name="RequestId">Atlas's <c>X-Request-ID</c>, to name to their support.</param>
public sealed record AtlasFailure(string Message, int? HttpStatus = null, string? Code = null, string? RequestId = null)
{
    /// <summary>The sentence, and after it what Atlas's support asks for.</summary>
    public string WithRequest() => RequestId is null ? Message : $"{Message} (request {RequestId})";
}

/// <summary>What became of a submission: exactly one of the nested kinds.</summary>
internal abstract record SubmitAnswer
{
    private SubmitAnswer() { }

    /// <summary>Atlas took it. <paramref name="Immediate"/> is there when the answer already tells the end (sync mode).</summary>
    public sealed record Accepted(Prediction Prediction, PollAnswer? Immediate) : SubmitAnswer;

    /// <summary>429: not taken, try again later.</summary>
    public sealed record RateLimited(AtlasFailure Failure, TimeSpan? RetryAfter) : SubmitAnswer;

    /// <summary>
    /// Known not to have been taken, and passing: no connection was made, the circuit is open, or Atlas answered 5xx
    /// with its error envelope and no data.
    /// </summary>
    public sealed record NotTaken(AtlasFailure Failure, TimeSpan? RetryAfter) : SubmitAnswer;

    /// <summary>Known not to have been taken, and so it will stay: bad parameters, moderation, unknown model.</summary>
    public sealed record Rejected(AtlasFailure Failure) : SubmitAnswer;

    /// <summary>401 or 403: the key is refused; no job can go on.</summary>
    public sealed record KeyRefused(AtlasFailure Failure) : SubmitAnswer;

    /// <summary>402: the balance is used up; no job can be submitted until somebody pays in.</summary>
    public sealed record OutOfBalance(AtlasFailure Failure) : SubmitAnswer;

    /// <summary>Nobody can say whether Atlas took it: time-out or reset after sending, a gateway's page, an answer that can't be read.</summary>
    public sealed record Unknown(AtlasFailure Failure) : SubmitAnswer;
}

/// <summary>How a prediction is: exactly one of the nested kinds.</summary>
internal abstract record PollAnswer
{
    private PollAnswer() { }

    /// <summary>Queued or processing.</summary>
    public sealed record Running(string Status) : PollAnswer;

    /// <summary>
    /// Done. <paramref name="Outputs"/> are addresses (https, http or data:), in Atlas's order; empty when it completed
    /// without any, which is charged all the same. <paramref name="Price"/> is the real charge, where Atlas tells it.
    /// <paramref name="IsFlagged"/>: Atlas holds something of it for unfit to be shown. <paramref name="FinishedAt"/> is
    /// when it was done, by Atlas's clock, where Atlas tells it; <paramref name="Took"/>, from when it was created to then, by
    /// that clock.
    /// </summary>
    public sealed record Completed(
        IReadOnlyList<string> Outputs, decimal? Price, bool IsFlagged = false, DateTimeOffset? FinishedAt = null,
        TimeSpan? Took = null) : PollAnswer;

    /// <summary>
    /// The generation failed, and is not charged. <paramref name="IsFinal"/>: another attempt would fail alike
    /// (moderation, bad parameters).
    /// </summary>
    public sealed record Failed(AtlasFailure Failure, bool IsFinal) : PollAnswer;

    /// <summary>404 or 400 on every known path: too fresh, expired, or unknown.</summary>
    public sealed record NotFound(AtlasFailure Failure) : PollAnswer;

    /// <summary>No word about the job: time-out, reset, 5xx, 429, an answer that can't be read. Ask again.</summary>
    public sealed record Unanswered(AtlasFailure Failure, TimeSpan? RetryAfter) : PollAnswer;

    /// <summary>401 or 403 on a path that is known to exist.</summary>
    public sealed record KeyRefused(AtlasFailure Failure) : PollAnswer;
}
