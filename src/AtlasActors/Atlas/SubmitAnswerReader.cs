namespace AtlasActors.Atlas;

/// <summary>The answers to a submission that name no prediction.</summary>
internal sealed class SubmitAnswerReader(ServerText texts)
{
    /// <summary>Whether, and how surely, the job was not taken.</summary>
    public SubmitAnswer WithoutId(HttpAnswer answer, AnswerBody? body)
    {
        var cause = AnswerVerdict.Cause(answer, body, texts);
        AtlasFailure Failure(string message) => AnswerVerdict.Failure(message, answer, body, texts);
        return AnswerVerdict.Code(answer, body) switch
        {
            429 => new SubmitAnswer.RateLimited(
                Failure($"Atlas Cloud asks to slow down ({cause})."), answer.RetryAfter),
            401 or 403 => new SubmitAnswer.KeyRefused(Failure(KeyRefusal.Sentence(answer, body, cause))),
            402 => new SubmitAnswer.OutOfBalance(
                Failure($"The Atlas Cloud balance is used up ({cause}). Pay in, then go on.")),
            408 => InDoubt(Failure, cause),
            >= 400 and < 500 => Rejected(Failure, answer, body, cause),
            >= 500 => OfServerError(Failure, answer, body, cause),
            // These say that nothing was done here. 302 and 303 may be how a server says "done, look there".
            301 or 307 or 308 => new SubmitAnswer.Rejected(
                Failure($"Atlas Cloud's address has moved ({cause}). Check the base URL.")),
            _ => InDoubt(Failure, cause),
        };
    }

    private static SubmitAnswer OfServerError(
        Func<string, AtlasFailure> failure, HttpAnswer answer, AnswerBody? body, string cause)
    {
        // Where data is told, something was begun; 504 is how sync mode ends when it waited too long for a job that
        // runs.
        if (body is not { IsEnvelope: true, HasData: false } || answer.Status == 504 || body.Code == 504)
            return InDoubt(failure, cause);
        // A code of the platform's own, or moderation: it would say so again.
        if (AnswerVerdict.IsModeration(body) || AnswerVerdict.Code(answer, body) >= 600)
            return Rejected(failure, answer, body, cause);
        return new SubmitAnswer.NotTaken(failure($"Atlas Cloud could not take the job ({cause})."), answer.RetryAfter);
    }

    private static SubmitAnswer.Rejected Rejected(
        Func<string, AtlasFailure> failure, HttpAnswer answer, AnswerBody? body, string cause)
    {
        var advice = body is not null && AnswerVerdict.IsModeration(body) ? "Change the prompt or the input."
            : AnswerVerdict.Code(answer, body) switch
            {
                404 => "Check the model's name and the base URL.",
                413 => "Its inputs are too large.",
                451 => "It is not available in this region.",
                _ => "Check the model and the parameters.",
            };
        return new SubmitAnswer.Rejected(failure($"Atlas Cloud refused the job ({cause}). {advice}"));
    }

    private static SubmitAnswer.Unknown InDoubt(Func<string, AtlasFailure> failure, string cause) =>
        new(failure($"It is not known whether Atlas Cloud took the job ({cause})."));
}
