using System.Collections.Immutable;
using AtlasActors.Costs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>A job's money: what was estimated, what is reserved, what was charged and who says so.</summary>
internal sealed partial record JobState
{
    /// <summary>The money of each submission, by its number.</summary>
    public ImmutableList<SubmissionMoney> Money { get; init; } = [];

    /// <summary>Charges of which Atlas has not told the amount.</summary>
    public ImmutableList<UnpricedCharge> Unpriced { get; init; } = [];

    /// <summary>What it has cost: as Atlas told, or as we estimated it.</summary>
    public Usd Charged => SumOf(MoneyStatus.Charged);

    /// <summary>The part of <see cref="Charged"/> that is only our estimate.</summary>
    public Usd Unconfirmed
    {
        get
        {
            var sum = Usd.Zero;
            for (var i = 0; i < Money.Count; i++)
                if (Money[i].IsUnconfirmed) sum += Money[i].Amount;
            return sum;
        }
    }

    /// <summary>Whether Atlas told all that it has cost; null where nothing was charged.</summary>
    public bool? IsChargeReported =>
        Money.Any(money => money.Status == MoneyStatus.Charged) ? !Money.Any(money => money.IsUnconfirmed) : null;

    /// <summary>Asked for with every event of a job, so without anything to be collected.</summary>
    public Usd SumOf(MoneyStatus status)
    {
        var sum = Usd.Zero;
        for (var i = 0; i < Money.Count; i++)
            if (Money[i].Status == status) sum += Money[i].Amount;
        return sum;
    }

    private ImmutableList<SubmissionMoney> Reserve(SubmissionStarted e) => Money.Add(
        new SubmissionMoney(e.Submission, e.Reserved, MoneyStatus.Reserved, e.Reserved, e.Basis, At: e.At));

    /// <summary>Money that is on its way comes to its end; what has come to one stays there.</summary>
    private ImmutableList<SubmissionMoney> Settle(MoneyStatus status) =>
        Money is [.., { Status: MoneyStatus.Reserved } last]
            ? Money.SetItem(Money.Count - 1, last with { Status = status })
            : Money;

    private JobState Charge(GenerationFinished e) => Money is [.., { Status: MoneyStatus.Reserved } last]
        ? Spend(
            last, e.Charge, e.ChargeReported, e.FinishedAt ?? e.At,
            Prediction is { } asked ? new UnpricedCharge(e.Job, last.Submission, asked.Id, asked.PollUrl, e.At) : null)
        : this;

    /// <summary>
    /// A submission's money is spent; <paramref name="unpriced"/> says where to ask for the charge that is not reported.
    /// </summary>
    private JobState Spend(
        SubmissionMoney money, Usd charge, bool isReported, DateTimeOffset at, UnpricedCharge? unpriced) => this with
    {
        Money = Money.Replace(
            money, money with
            {
                Status = MoneyStatus.Charged, Amount = charge, Reported = isReported, At = at,
                Begun = money.At is { } begun && begun.UtcDateTime.Date != at.UtcDateTime.Date ? begun : null,
            }),
        Unpriced = isReported || unpriced is null ? Unpriced : Unpriced.Add(unpriced),
    };

    /// <summary>What Atlas tells replaces what we estimated. When it was spent does not change by its being told later.</summary>
    private JobState Confirm(ChargeReported e)
    {
        var place = Money.FindIndex(money => money.Submission == e.Submission && money.Status == MoneyStatus.Charged);
        return place < 0 ? this : this with
        {
            Money = Money.SetItem(place, Money[place] with { Amount = e.Charge, Reported = true }),
            Unpriced = Unpriced.RemoveAll(charge => charge.Submission == e.Submission),
        };
    }
}
