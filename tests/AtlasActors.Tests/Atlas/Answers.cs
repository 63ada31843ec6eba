using System.Text;
using AtlasActors.Atlas;

namespace AtlasActors.Tests.Atlas;

/// <summary>Answers as they could have come over the wire, and what the reader makes of them.</summary>
internal static class Answers
{
    public const string Key = "apikey-0123456789abcdef";
    private static readonly AnswerReader Reader = new(new ServerText(Key));

    public static SubmitAnswer Submitted(int status, string body, TimeSpan? retryAfter = null) =>
        Reader.ReadSubmit(Answer(status, body, retryAfter));

    public static PollAnswer Polled(int status, string body, TimeSpan? retryAfter = null) =>
        Reader.ReadPoll(Answer(status, body, retryAfter));

    public static HttpAnswer Answer(int status, string body, TimeSpan? retryAfter = null) => new(
        status,
        body.StartsWith('<') ? "text/html" : "application/json",
        retryAfter,
        "req_1",
        Encoding.UTF8.GetBytes(body));

    public static AtlasFailure FailureOf(SubmitAnswer answer) => answer switch
    {
        SubmitAnswer.RateLimited kind => kind.Failure,
        SubmitAnswer.NotTaken kind => kind.Failure,
        SubmitAnswer.Rejected kind => kind.Failure,
        SubmitAnswer.KeyRefused kind => kind.Failure,
        SubmitAnswer.OutOfBalance kind => kind.Failure,
        SubmitAnswer.Unknown kind => kind.Failure,
        _ => throw new ArgumentException($"{answer} is no failure.", nameof(answer)),
    };

    public static AtlasFailure FailureOf<T>(FreeAnswer<T> answer) => answer switch
    {
        FreeAnswer<T>.Refused kind => kind.Failure,
        FreeAnswer<T>.KeyRefused kind => kind.Failure,
        FreeAnswer<T>.OutOfBalance kind => kind.Failure,
        FreeAnswer<T>.Unanswered kind => kind.Failure,
        _ => throw new ArgumentException($"{answer} is no failure.", nameof(answer)),
    };

    public static AtlasFailure FailureOf(PollAnswer answer) => answer switch
    {
        PollAnswer.Failed kind => kind.Failure,
        PollAnswer.NotFound kind => kind.Failure,
        PollAnswer.Unanswered kind => kind.Failure,
        PollAnswer.KeyRefused kind => kind.Failure,
        _ => throw new ArgumentException($"{answer} is no failure.", nameof(answer)),
    };
}
