using System.Collections.Immutable;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>What Atlas's webhooks change.</summary>
internal sealed partial record JobState
{
    /// <summary>The tokens of the submissions that carried a <c>webhook_url</c> of ours.</summary>
    public ImmutableList<SubmissionToken> Tokens { get; init; } = [];

    /// <summary>While submitting: the prediction that a webhook named, should the answer be lost.</summary>
    public string? Announced { get; init; }

    /// <summary>Whether Atlas calls when the last submission is at its end.</summary>
    public bool IsCalledBack => Tokens is [.., { Submission: var last }] && last == Submissions;

    /// <summary>The last submission's token, where it has one.</summary>
    public WebhookToken? Token => IsCalledBack ? Tokens[^1].Token : null;

    /// <summary>The money of one submission; null where there is none of that number.</summary>
    public SubmissionMoney? MoneyOf(int submission) => Money.Find(money => money.Submission == submission);

    private ImmutableList<SubmissionToken> TokensWith(SubmissionStarted e) =>
        e.Token is { } token ? Tokens.Add(new SubmissionToken(e.Submission, token)) : Tokens;

    /// <summary>
    /// Noted while the answer is awaited; it ends the doubt where the answer was lost. In any other state it is known already.
    /// </summary>
    private JobState Found(SubmissionFound e)
    {
        if (e.Submission != Submissions) return this;
        if (Stage == JobStage.Submitting) return this with { Announced = Announced ?? e.Id };
        return Stage is JobStage.InDoubt or JobStage.Queued && MoneyOf(e.Submission) is { Status: MoneyStatus.InDoubt } lost
            ? Taken(e.At, e.Id) with { Money = Money.Replace(lost, lost with { Status = MoneyStatus.Reserved }) }
            : this;
    }

    private JobState Taken(DateTimeOffset at, string id) => To(JobStage.Generating, at) with
    {
        Prediction = new Prediction(id, null), AcceptedAt = at, WaitsSince = at, Refusals = 0, Failure = null, Announced = null,
    };

    /// <summary>Only what is in doubt is settled, so that whatever comes twice counts once.</summary>
    private JobState Settled(SubmissionSettled e)
    {
        if (MoneyOf(e.Submission) is not { Status: MoneyStatus.InDoubt } lost) return this;
        return e.Charge is { } charge
            ? Spend(lost, charge, e.ChargeReported, e.At, new UnpricedCharge(e.Job, e.Submission, e.Id, null, e.At))
            : this with { Money = Money.Replace(lost, lost with { Status = MoneyStatus.Released }) };
    }
}
