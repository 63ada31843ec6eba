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

    private static JobMoney Money(int job, MoneyStatus status, decimal amount) =>
        new(job, 1, "m", [new SubmissionMoney(1, new Usd(amount), status)]);

    private static void Tell(LedgerState ledger, JobMoney news)
    {
        foreach (var e in ledger.Decide(Batch, [news], Some.Time)) ledger.Apply(e);
    }
}
