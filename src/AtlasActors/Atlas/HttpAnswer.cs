using System.Net.Http.Headers;

namespace AtlasActors.Atlas;

/// <summary>An HTTP answer as far as it is read: all that <see cref="AnswerReader"/> needs to know.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The media type without parameters, in lower case.</param>
/// <param name="RetryAfter">How long the server asks to wait, already bounded.</param>
/// <param name="RequestId">Atlas's <c>X-Request-ID</c>.</param>
/// <param name="Body">The whole body.</param>
internal sealed record HttpAnswer(
    int Status, string? ContentType, TimeSpan? RetryAfter, string? RequestId, ReadOnlyMemory<byte> Body)
{
    // The API's documentation knows no Retry-After; what a CDN sends is honoured, but not for longer than this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <summary>A page from something in front of Atlas, saying that Atlas is not to be reached just now.</summary>
    public bool IsOutage => IsGatewayStatus && !Holds(body => body.IsEnvelope);

    /// <summary>The same, and nothing of a job.</summary>
    public bool IsGatewaysAlone => IsGatewayStatus && !Holds(body => body.Status is not null);

    private bool IsGatewayStatus => Status is 502 or 503 or 504;

    /// <summary>The id that Atlas gave the request; null when it gave none.</summary>
    public static string? RequestIdOf(HttpResponseMessage response)
    {
        if (response.Headers.NonValidated.TryGetValues("X-Request-ID", out var values))
            foreach (var first in values)
                return first;
        return null;
    }

    /// <summary>The media type of an answer, in lower case.</summary>
    public static string? TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();

    /// <summary>The wait that a Retry-After header asks for; null when there is none or it is over.</summary>
    public static TimeSpan? WaitAskedBy(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        if (wait is null || wait <= TimeSpan.Zero)
            return null;
        return wait < LongestWait ? wait : LongestWait;
    }

    private bool Holds(Func<AnswerBody, bool> what)
    {
        using var body = AnswerBody.Parse(Body);
        return body is not null && what(body);
    }
}
