namespace AtlasActors.Atlas;

/// <summary>Reads the answers of calls that cost nothing; as everywhere, the body counts before the status.</summary>
internal sealed class FreeAnswerReader(ServerText texts)
{
    // What the price endpoint says of a model that it has no formula for.
    private const string NoPrice = "failed to evaluate price";

    /// <summary>What the answer tells, or why it tells nothing.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="read">Finds the value in a body that is no error; null where it is not there.</param>
    /// <param name="wish">What was wanted, as it is named within a sentence: "the file", "a price".</param>
    public FreeAnswer<T> Read<T>(HttpAnswer answer, Func<AnswerBody, T?> read, string wish)
        where T : class
    {
        using var body = AnswerBody.Parse(answer.Body);
        var isError = answer.Status >= 300 || body?.Code >= 400;
        if (!isError && body is not null && ValueIn(body, read) is { } value)
            return new FreeAnswer<T>.Told(value);
        var cause = AnswerVerdict.Cause(answer, body, texts);
        AtlasFailure Failure(string message) => AnswerVerdict.Failure(message, answer, body, texts);
        return AnswerVerdict.Code(answer, body) switch
        {
            401 or 403 => new FreeAnswer<T>.KeyRefused(Failure(KeyRefusal.Sentence(answer, body, cause))),
            402 => new FreeAnswer<T>.OutOfBalance(Failure($"The Atlas Cloud balance is used up ({cause}).")),
            408 or 429 => new FreeAnswer<T>.Unanswered(
                Failure($"Atlas Cloud asks to slow down ({cause})."), answer.RetryAfter),
            301 or 307 or 308 => new FreeAnswer<T>.Refused(
                Failure($"Atlas Cloud's address has moved ({cause}). Check the base URL.")),
            >= 400 and < 500 or >= 600 => Refused<T>(Failure, answer, body, wish, cause),
            _ when SaysNoPrice(body) => Refused<T>(Failure, answer, body, wish, cause),
            _ => new FreeAnswer<T>.Unanswered(
                Failure($"Atlas Cloud gave no usable answer about {wish} ({cause})."), answer.RetryAfter),
        };
    }

    private static FreeAnswer<T>.Refused Refused<T>(
        Func<string, AtlasFailure> failure, HttpAnswer answer, AnswerBody? body, string wish, string cause)
    {
        var advice = AnswerVerdict.Code(answer, body) == 413 ? " It is too large."
            : SaysNoPrice(body) ? " Check the model's name."
            : "";
        return new FreeAnswer<T>.Refused(failure($"Atlas Cloud refused {wish} ({cause}).{advice}"));
    }

    private static bool SaysNoPrice(AnswerBody? body) =>
        body?.Message?.Contains(NoPrice, StringComparison.OrdinalIgnoreCase) == true;

    private static T? ValueIn<T>(AnswerBody body, Func<AnswerBody, T?> read)
        where T : class
    {
        try
        {
            return read(body);
        }
        catch (InvalidOperationException)
        {
            // A field's name that is no Unicode throws when it is looked at.
            return null;
        }
    }
}
