using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Rendering;

/// <summary>The document of <c>costs --json</c>. US dollars are numbers; what is not known is null, and never 0.</summary>
internal sealed record CostsDocument(
    string OutputDir, string Endpoint, CostsDocument.MoneyPart Money, IReadOnlyList<CostsDocument.BatchPart> Batches,
    int OtherBatches, IReadOnlyList<CostsDocument.ModelPart> ByModel, IReadOnlyList<CostsDocument.DayPart> ByDay,
    CostsDocument.CollectedPart? Collected, string? NotAsked, CostsDocument.ReconciledPart? Reconciled)
{
    public sealed record MoneyPart(Usd Estimated, Usd Charged, Usd Unconfirmed, Usd Reserved, Usd InDoubt, int Untold);

    public sealed record BatchPart(string Batch, string Source, BatchPhase State, Usd Estimated, Usd Charged, Usd Unconfirmed);

    public sealed record ModelPart(
        string Model, int Submissions, int Charges, Usd Estimated, Usd Charged, Usd Unconfirmed, Usd Reserved, Usd InDoubt);

    public sealed record DayPart(
        DateOnly Day, int Submissions, int Charges, Usd Estimated, Usd Charged, Usd Unconfirmed, Usd Reserved, Usd InDoubt);

    public sealed record CollectedPart(int Found, int Missing, string? Trouble);

    public sealed record ReconciledPart(
        DateOnly? From, DateOnly? Before, Usd? Counted, Usd? Listed, Usd? Difference, IReadOnlyList<LinePart> Lines,
        string? Trouble);

    public sealed record LinePart(
        DateOnly Day, string? Model, Usd Counted, Usd Unconfirmed, Usd InDoubt, Usd? Listed, Usd Difference, bool Partial,
        ReconcileVerdict Verdict);

    public static CostsDocument Of(CostsResult result)
    {
        var (costs, ledger) = (result.Costs, result.Costs.Ledger);
        return new CostsDocument(
            costs.Folder.OutputDir, costs.Endpoint,
            new(costs.Estimated, ledger.Charged, ledger.Unconfirmed, ledger.Reserved, ledger.InDoubt, ledger.Untold),
            [
                .. costs.Batches.Select(batch => new BatchPart(
                    batch.Id.Value, batch.Source, batch.Phase, batch.Money.Estimated, batch.Money.Charged,
                    batch.Money.Unconfirmed)),
            ],
            costs.OtherBatches,
            [
                .. ledger.ByModel().Select(line => new ModelPart(
                    line.Model, line.Submissions, line.Charges, line.Estimated, line.Charged, line.Unconfirmed,
                    line.Reserved, line.InDoubt)),
            ],
            [
                .. ledger.ByDay().Select(line => new DayPart(
                    line.Day, line.Submissions, line.Charges, line.Estimated, line.Charged, line.Unconfirmed,
                    line.Reserved, line.InDoubt)),
            ],
            costs.Collected is { } collected ? new(collected.Found, collected.Missing, collected.Trouble) : null,
            costs.WhyNotAsked, result.Comparison is { } comparison ? PartOf(comparison) : null);
    }

    private static ReconciledPart PartOf(CostsResult.Compared comparison)
    {
        var both = comparison.Reconciled;
        return new ReconciledPart(
            both?.From, both?.Before, both?.Counted, both?.Listed, both?.Difference,
            [
                .. both?.Lines.Select(line => new LinePart(
                    line.Day, line.Model, line.Counted, line.Unconfirmed, line.InDoubt, line.Listed, line.Difference,
                    line.IsPartial, line.Verdict)) ?? [],
            ],
            comparison.Trouble?.Message);
    }
}
