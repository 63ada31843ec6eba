namespace AtlasActors.Atlas;

/// <summary>
/// What an HTTP answer means. Reads the body before the status, because Atlas reports errors with status 200 and failed
/// jobs with status 500. Touches nothing: the same answer always means the same.
/// </summary>
internal sealed class AnswerReader(ServerText texts)
{
    private readonly SubmitAnswerReader _submits = new(texts);
    private readonly PollAnswerReader _polls = new(texts);

    /// <summary>What became of a submission.</summary>
    public SubmitAnswer ReadSubmit(HttpAnswer answer)
    {
        using var body = AnswerBody.Parse(answer.Body);
        return Accepted(answer, body) ?? _submits.WithoutId(answer, body);
    }

    /// <summary>How a prediction is.</summary>
    public PollAnswer ReadPoll(HttpAnswer answer)
    {
        using var body = AnswerBody.Parse(answer.Body);
        return _polls.Read(answer, body);
    }

    /// <summary>
    /// Whether an answer could only come from a path that serves predictions. A status word that nobody knows may be
    /// the greeting of another page.
    /// </summary>
    public static bool TellsOfTheJob(PollAnswer answer) => answer
        is PollAnswer.Completed or PollAnswer.Failed
        || answer is PollAnswer.Running running && JobStatus.Of(running.Status) == JobPhase.Running;

    // An id counts even beside an error code: to ask for it costs nothing and ends in a clear word, while to take the
    // error at its word and submit again could be paid twice.
    private SubmitAnswer.Accepted? Accepted(HttpAnswer answer, AnswerBody? body)
    {
        if (body is null)
            return null;
        var isError = answer.Status >= 400 || body.Code >= 400;
        if ((isError ? body.IdInError : body.Id) is not { } id)
            return null;
        var now = _polls.Read(answer, body);
        // "Success" without outputs may mean the submission; the first poll will tell.
        var isEnd = now is PollAnswer.Completed { Outputs.Count: > 0 } or PollAnswer.Failed;
        return new SubmitAnswer.Accepted(new Prediction(id, body.PollUrl), isEnd ? now : null);
    }
}
