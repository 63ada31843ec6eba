namespace AtlasActors.Atlas;

/// <summary>How a prediction is, read from the answer to a poll or from a submission's own.</summary>
internal sealed class PollAnswerReader(ServerText texts)
{
    private const int LongestWord = 60;

    /// <summary>The status in the body where there is one; only then what the codes say.</summary>
    public PollAnswer Read(HttpAnswer answer, AnswerBody? body)
    {
        if (body?.Status is { } word && IsOfTheJob(word, answer, body))
            return OfStatus(word, answer, body);
        if (body is not null && IsFailedJob(answer, body))
            return Failed("", answer, body);
        return WithoutStatus(answer, body);
    }

    // "status": "error" is also how web servers write a plain 404. To take that for a failed job would pay for another;
    // so in an error without a data object only a body that is clearly a prediction counts.
    private static bool IsOfTheJob(string word, HttpAnswer answer, AnswerBody body) =>
        !body.IsFlat
        || (answer.Status < 400 && body.Code is not >= 400)
        || body.NamesPrediction
        || body.Outputs.Count > 0
        || (answer.Status == 500 && string.Equals(word.Trim(), "failed", StringComparison.OrdinalIgnoreCase));

    private PollAnswer OfStatus(string word, HttpAnswer answer, AnswerBody body) => JobStatus.Of(word) switch
    {
        JobPhase.Completed => new PollAnswer.Completed(
            body.Outputs.Count > 0 ? body.Outputs : body.Texts, body.Price, body.IsFlagged, body.CompletedAt,
            body.CompletedAt - body.CreatedAt),
        JobPhase.Failed => Failed(word.Trim().ToLowerInvariant(), answer, body),
        JobPhase.Running => new PollAnswer.Running(word.Trim()),
        // Asking on loses nothing, giving up would.
        _ => new PollAnswer.Running(Shown(word)),
    };

    private string Shown(string word) =>
        texts.Clean(word) is { } shown ? shown[..Math.Min(shown.Length, LongestWord)] : "?";

    /// <summary>
    /// An error without a status is the end of the job only if it says so: a job's own error code, moderation, or the
    /// text that Atlas sends with HTTP 500. Any other 500 may be the API's own trouble, and the job may be well.
    /// </summary>
    private static bool IsFailedJob(HttpAnswer answer, AnswerBody body)
    {
        if (answer.Status < 400 && body.Code is not >= 400)
            return false;
        return body.HasData && body.ErrorCode is not null
            || AnswerVerdict.IsModeration(body)
            || body.CodeText == "generation_failed"
            || body.Message is { } text
                && (text.Contains("generation failed", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("code: generation_failed", StringComparison.OrdinalIgnoreCase));
    }

    private PollAnswer.Failed Failed(string word, HttpAnswer answer, AnswerBody body)
    {
        var isModeration = AnswerVerdict.IsModeration(body);
        var said = (texts.Clean(body.JobError) ?? texts.Clean(body.Message))?.TrimEnd('.');
        var what = isModeration ? "Atlas Cloud's moderation refused the job"
            : word is "timeout" or "timed_out" ? "The generation timed out at Atlas Cloud"
            : word is "canceled" or "cancelled" ? "The generation was cancelled at Atlas Cloud"
            : "The generation failed";
        var sentence = said is null ? $"{what}." : $"{what}: {said}.";
        return new PollAnswer.Failed(
            AnswerVerdict.Failure(sentence, answer, body, texts),
            isModeration || SaysBadParameters(body.ErrorCode) || SaysBadParameters(body.CodeText));
    }

    private PollAnswer WithoutStatus(HttpAnswer answer, AnswerBody? body)
    {
        var cause = AnswerVerdict.Cause(answer, body, texts);
        AtlasFailure Failure(string message) => AnswerVerdict.Failure(message, answer, body, texts);
        return AnswerVerdict.Code(answer, body) switch
        {
            401 or 403 => new PollAnswer.KeyRefused(Failure(KeyRefusal.Sentence(answer, body, cause))),
            400 or 404 or 405 or 410 => new PollAnswer.NotFound(
                Failure($"Atlas Cloud does not know the prediction ({cause}).")),
            429 => new PollAnswer.Unanswered(Failure($"Atlas Cloud asks to slow down ({cause})."), answer.RetryAfter),
            _ => new PollAnswer.Unanswered(
                Failure($"Atlas Cloud did not say how the job is ({cause})."), answer.RetryAfter),
        };
    }

    private static bool SaysBadParameters(string? code) => code is "400" or "422" or "INVALID_ARGUMENT";
}
