using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class LedgerStateSpecs
{
    private static readonly BatchId Batch = BatchId.Parse("b");

    [Fact]
    public void The_same_news_is_counted_once_however_often_it_is_told()
    {
        var ledger = new LedgerState();
        var news = Money(1, MoneyStatus.Charged, 0.04m);

        Tell(ledger, news);

        Assert.Empty(ledger.Decide(Batch, [news], Some.Time));
        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Charged);
    }

    [Fact]
    public void A_charge_takes_the_place_of_its_reservation()
    {
        var ledger = new LedgerState();
        Tell(ledger, Money(1, MoneyStatus.Reserved, 0.04m));
        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Reserved);

        Tell(ledger, Money(1, MoneyStatus.Charged, 0.03m));

        Assert.Equal((new Usd(0.03m), Usd.Zero), (ledger.View(Batch).Charged, ledger.View(Batch).Reserved));
    }

    [Fact]
    public void Each_submission_of_a_job_counts_by_itself_and_batches_do_not_mix()
    {
        var ledger = new LedgerState();
        Tell(ledger, new JobMoney(1, 1, "m", [new(1, new Usd(0.1m), MoneyStatus.InDoubt), new(2, new Usd(0.2m), MoneyStatus.Charged)]));
        foreach (var e in ledger.Decide(BatchId.Parse("other"), [Money(1, MoneyStatus.Charged, 9)], Some.Time)) ledger.Apply(e);

        var view = ledger.View(Batch);

        Assert.Equal((new Usd(0.2m), new Usd(0.1m)), (view.Charged, view.InDoubt));
        Assert.Equal(new Usd(0.2m), view.ChargedByModel["m"]);
        Assert.Equal(new Usd(0.2m), view.ChargedByDay[new DateOnly(2026, 11, 21)]);
    }

    [Fact]
    public void Estimate_reservation_and_charge_are_kept_apart_and_who_told_the_charge_is_known()
    {
        var ledger = new LedgerState();
        var quoted = new SubmissionMoney(1, new Usd(0.05m), MoneyStatus.Charged, new Usd(0.04m), PriceBasis.Quote, Reported: true, At: Some.Time);
        Tell(ledger, new JobMoney(1, 1, "m", [quoted]));
        Tell(ledger, new JobMoney(2, 1, "m", [quoted with { Amount = new Usd(0.04m), Reported = false }]));
        Tell(ledger, new JobMoney(3, 1, "m", [quoted with { Amount = new Usd(0.04m), Status = MoneyStatus.Reserved, Reported = null }]));

        var line = Assert.Single(ledger.View(Batch).Lines);

        Assert.Equal((new Usd(0.12m), new Usd(0.09m), new Usd(0.04m), new Usd(0.04m)), (line.Estimated, line.Charged, line.Unconfirmed, line.Reserved));
        Assert.Equal((3, 2), (line.Submissions, line.Charges));
    }

    [Fact]
    public void A_charge_counts_on_the_day_on_which_Atlas_finished_whenever_the_ledger_hears_of_it()
    {
        var ledger = new LedgerState();
        var charge = new SubmissionMoney(1, new Usd(0.04m), MoneyStatus.Charged, At: Some.Time.AddDays(-3));
        Tell(ledger, new JobMoney(1, 1, "m", [charge]));
        Tell(ledger, new JobMoney(1, 2, "m", [charge with { Amount = new Usd(0.05m), Reported = true }]));

        Assert.Equal([new DateOnly(2026, 11, 18)], ledger.View(Batch).ChargedByDay.Keys);
    }

    [Fact]
    public void Money_of_a_journal_of_before_counts_as_not_confirmed()
    {
        var ledger = new LedgerState();
        Tell(ledger, Money(1, MoneyStatus.Charged, 0.04m));

        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Unconfirmed);
        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Lines.Single().Estimated);
    }

    private static JobMoney Money(int job, MoneyStatus status, decimal amount) =>
        new(job, 1, "m", [new SubmissionMoney(1, new Usd(amount), status)]);

    private static void Tell(LedgerState ledger, JobMoney news)
    {
        foreach (var e in ledger.Decide(Batch, [news], Some.Time)) ledger.Apply(e);
    }
}
