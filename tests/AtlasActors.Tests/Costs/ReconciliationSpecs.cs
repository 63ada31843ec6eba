using AtlasActors.Atlas;
using AtlasActors.Costs;
using Xunit;

namespace AtlasActors.Tests.Costs;

public class ReconciliationSpecs
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly DateOnly Yesterday = Today.AddDays(-1);

    [Theory]
    [InlineData(1.00, 0.00, 0.00, 1.00, false, ReconcileVerdict.Agrees)]
    [InlineData(1.00, 0.00, 0.00, 1.00001, false, ReconcileVerdict.Agrees)]
    [InlineData(1.00, 0.00, 0.00, 0.40, true, ReconcileVerdict.NotAllCountedYet)]
    [InlineData(1.00, 0.50, 0.00, 0.90, false, ReconcileVerdict.EstimateOff)]
    [InlineData(1.00, 0.50, 0.00, 1.20, false, ReconcileVerdict.EstimateOff)]
    [InlineData(1.00, 0.00, 0.10, 1.10, false, ReconcileVerdict.DoubtCharged)]
    [InlineData(1.00, 0.00, 0.10, 1.50, false, ReconcileVerdict.OthersToo)]
    [InlineData(1.00, 0.00, 0.00, 1.50, true, ReconcileVerdict.OthersToo)]
    [InlineData(1.00, 0.00, 0.00, 0.80, false, ReconcileVerdict.LessThanTold)]
    public void A_difference_says_what_it_means(
        double counted, double unconfirmed, double inDoubt, double listed, bool isPartial, ReconcileVerdict verdict)
    {
        var line = new ReconciledLine(
            Yesterday, "m", Money(counted), Money(unconfirmed), Money(inDoubt), Money(listed), isPartial);
        Assert.Equal((verdict, Money(listed) - Money(counted)), (line.Verdict, line.Difference));
    }

    [Fact]
    public void Days_and_models_of_either_side_stand_beside_each_other()
    {
        var ledger = Ledger(Line(Yesterday, "alias", 1.0m), Line(Today, "b", 2.0m));
        ModelCost[] listed = [new(Yesterday, "a", 1.0m, false), new(Yesterday, "text/chat", 0.3m, false), new(Today, null, 0.1m, true)];

        var both = Reconciliation.Of(ledger, (Yesterday, Today.AddDays(1)), listed, name => name == "alias" ? "a" : name, Today);

        Assert.Equal(
            [
                (Yesterday, "a", ReconcileVerdict.Agrees), (Yesterday, "text/chat", ReconcileVerdict.OthersToo),
                (Today, null, ReconcileVerdict.OthersToo), (Today, "b", ReconcileVerdict.NotAllCountedYet),
            ],
            both.Lines.Select(line => (line.Day, line.Model, line.Verdict)));
        Assert.Null(both.Lines[^1].Listed);
        Assert.Equal((Money(3.0), Money(1.4), Money(-1.6)), (both.Counted, both.Listed, both.Difference));
    }

    [Fact]
    public void Today_is_partial_whatever_Atlas_says() => Assert.True(Reconciliation.Of(
        Ledger(Line(Today, "m", 1)), (Today, Today.AddDays(1)), [new(Today, "m", 0.5m, IsPartial: false)], name => name, Today).Lines[0].IsPartial);

    [Fact]
    public void The_days_of_charges_and_doubts_are_asked_for_and_no_more_than_180()
    {
        Assert.Null(Reconciliation.DaysOf(Ledger()));
        Assert.Null(Reconciliation.DaysOf(Ledger(Line(Today, "m", 0) with { Charges = 0, Reserved = Money(1) })));
        Assert.Equal((Yesterday, Today.AddDays(1)), Reconciliation.DaysOf(Ledger(Line(Yesterday, "m", 1), Line(Today, "m", 1))));
        Assert.Equal((Today, Today.AddDays(1)), Reconciliation.DaysOf(Ledger(Line(Today, "m", 0) with { Charges = 0, InDoubt = Money(1) })));
        Assert.Equal(180, Reconciliation.DaysOf(Ledger(Line(Today.AddDays(-400), "m", 1), Line(Today, "m", 1))) is var (from, before)
            ? before.DayNumber - from.DayNumber : 0);
    }

    [Fact]
    public void Several_batches_add_up()
    {
        var sum = LedgerView.Sum([Ledger(Line(Today, "m", 1), Line(Today, "n", 2)), Ledger(Line(Today, "m", 3), Line(Yesterday, "m", 4))]);

        Assert.Equal(Money(10), sum.Charged);
        Assert.Equal([(Yesterday, "m", Money(4)), (Today, "m", Money(4)), (Today, "n", Money(2))],
            sum.Lines.Select(line => (line.Day, line.Model, line.Charged)));
        Assert.Equal([("m", Money(8)), ("n", Money(2))], sum.ByModel().Select(line => (line.Model, line.Charged)));
        Assert.Equal([(Yesterday, Money(4)), (Today, Money(6))], sum.ByDay().Select(line => (line.Day, line.Charged)));
    }

    private static Usd Money(double amount) => new((decimal)amount);

    private static LedgerLine Line(DateOnly day, string model, decimal charged) => new(
        day, model, 1, 1, 0, new Usd(charged), Usd.Zero, new Usd(charged), Usd.Zero, Usd.Zero);

    private static LedgerView Ledger(params LedgerLine[] lines) => LedgerView.Of(lines);
}
