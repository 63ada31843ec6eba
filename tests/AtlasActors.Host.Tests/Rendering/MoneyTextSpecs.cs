using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Rendering;

/// <summary>What is printed of prices and charges.</summary>
public sealed class MoneyTextSpecs
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void A_live_estimate_tells_discounts_marks_and_gaps_and_never_a_price_of_nothing()
    {
        LiveModel[] models =
        [
            new("a/plain", MediaKind.Image, 2, Usd(0.08m), 2, 0, Usd(0.10m), 80, false, false, null),
            new("b/tokens", MediaKind.Video, 1, Usd(0.9757m), 1, 0, null, null, true, true, null),
            new("c/gone", MediaKind.Image, 1, Usd(0.05m), 0, 1, null, null, false, false, "Atlas Cloud refused a price."),
        ];
        var jobs = models.SelectMany(model => Enumerable.Repeat(model, model.Jobs)).Select((model, i) => new JobDefinition(
            i + 1, "n", model.Kind, model.Model, "{}", new Usd(model.Price.Amount / model.Jobs), JobPolicy.For(model.Kind)));
        var batch = new BatchDefinition("a.yaml", "out", 3, [.. jobs], []);
        var text = LiveEstimateText.Of(new LiveEstimate(batch, models, 3), BatchEstimate.Of(batch)).ReplaceLineEndings("\n");
        Assert.Equal(
            """
            Model       Jobs  Each                    USD    List USD
            b/tokens       1  0.9757 a video       0.9757           -  estimated, partial
            a/plain        2  0.0400 an image      0.0800      0.1000  pays 80 %
            c/gone         1  0.0500 an image      0.0500           -  assumed: no quote
            Total          4                       1.1057
            """.ReplaceLineEndings("\n") + "\n", text[..(text.IndexOf("1.1057", StringComparison.Ordinal) + 7)]);
        Assert.Contains("quoted 3 of 4 jobs, asked 3 questions", text, StringComparison.Ordinal);
        Assert.Contains("Partial: the length of an input video is not in the quote", text, StringComparison.Ordinal);
        Assert.Contains("No quote for c/gone, the price is assumed: Atlas Cloud refused a price.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_tells_each_difference_its_meaning_and_the_days_that_are_not_over()
    {
        var both = new Reconciliation(Day, Day.AddDays(2),
        [
            new(Day, "a", Usd(1), Usd(0), Usd(0), Usd(1), false),
            new(Day, "b", Usd(1), Usd(0), Usd(0), Usd(1.5m), false),
            new(Day.AddDays(1), "a", Usd(2), Usd(0), Usd(0), null, true),
            new(Day.AddDays(1), null, Usd(0), Usd(0), Usd(0), Usd(0.25m), true),
        ]);
        var text = ReconciliationText.Of(new CostsResult.Compared(both, null)).ReplaceLineEndings("\n");
        Assert.Equal(
            """

            The ledger beside Atlas Cloud's list, 2026-11-20 to 2026-11-21 (UTC):
            Day         Model                 Ledger       Atlas   Difference
            2026-11-20  a                     1.0000      1.0000       0.0000  agrees
            2026-11-20  b                     1.0000      1.5000      +0.5000  others too
            2026-11-21  a                     2.0000           -      -2.0000  not all counted yet (partial day)
            2026-11-21  (no model named)      0.0000      0.2500      +0.2500  others too (partial day)
            Total                             4.0000      2.7500      -1.2500
            USD -2.0000: a day that is not over, or of which Atlas has not counted all yet.
            USD +0.7500: charges that no batch here knows of: other programs, or other output folders, use the same account.
            Partial, not over or not all counted yet: 2026-11-21.

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Costs_tell_what_is_confirmed_on_its_way_and_in_doubt_and_why_nobody_asked()
    {
        var ledger = LedgerView.Of(
            [new LedgerLine(Day, "a/x", 4, 2, 1, Usd(0.40m), Usd(0.10m), Usd(0.20m), Usd(0.08m), Usd(0.10m))]);
        var batch = Views.Batch(BatchPhase.Finished, [Views.Done(1)]);
        var costs = new FolderCosts(
            StateFolder.Of("out", "/"), batch.Endpoint, [batch], 1, ledger, null, "there is no API key");
        var text = CostsText.Of(new CostsResult(costs, new CostsResult.Compared(
            null, new CommandException(ExitCode.Fault, "The connection was refused.")))).ReplaceLineEndings("\n");
        Assert.Contains("Charged:      USD 0.2000, of which USD 0.0800 not yet confirmed by Atlas\n", text, StringComparison.Ordinal);
        Assert.Contains("On its way:   USD 0.1000 more", text, StringComparison.Ordinal);
        Assert.Contains("In doubt:     USD 0.1000 more, possibly charged\n", text, StringComparison.Ordinal);
        Assert.Matches("a/x +4 +0.4000 +0.2000 +0.1200 +0.1000 +0.1000\n", text);
        Assert.Contains("Not asked for what is not confirmed: there is no API key.\n", text, StringComparison.Ordinal);
        Assert.Contains("Left out: 1 of this folder", text, StringComparison.Ordinal);
        Assert.Contains("could not be asked for its charges: The connection was refused.\n", text, StringComparison.Ordinal);
    }

    private static Usd Usd(decimal amount) => new(amount);
}
