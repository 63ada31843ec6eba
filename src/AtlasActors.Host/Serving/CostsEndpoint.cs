using AtlasActors.Costs;
using AtlasActors.Host.Serving.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/costs</c>: what was spent, from the jobs' records.</summary>
internal sealed class CostsEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/costs", ShowAsync);

    private Task ShowAsync(HttpContext context)
    {
        var query = new QueryReading(context.Request);
        var by = query.OneOf("by", CostsBy.Model);
        var filter = new CostFilter(query.Day("from"), query.Day("to"), query.Labels("label"));
        query.ThrowIfFaulty();
        var records = service.ToList();
        // By label a batch counts once for each of its labels: what all cost together is not the sum of these lines.
        var total = by == CostsBy.Label ? records.Costs(CostsBy.Model, filter) : null;
        var lines = records.Costs(by, filter);
        return Answer.WriteAsync(context, new CostsDocument(
            by, [.. lines.Select(CostDocument.Of)], CostDocument.Sum((total ?? lines).Select(CostDocument.Of))));
    }

    /// <param name="By">What the lines are summed by.</param>
    /// <param name="Costs">The lines, in the order of their names.</param>
    /// <param name="Total">What all of it comes to.</param>
    private sealed record CostsDocument(CostsBy By, IReadOnlyList<CostDocument> Costs, CostDocument Total);

    /// <param name="Name">The model, the batch's id, the UTC day, or the label as <c>name:value</c>.</param>
    /// <param name="Submissions">How many were charged, are on their way or in doubt.</param>
    /// <param name="Charges">How many were charged.</param>
    /// <param name="Untold">How many of these charges Atlas has not told.</param>
    /// <param name="Charged">Spent, in US dollars.</param>
    /// <param name="Unconfirmed">The part of it that is only our estimate.</param>
    /// <param name="Reserved">On its way.</param>
    /// <param name="InDoubt">Possibly spent.</param>
    private sealed record CostDocument(
        string Name, long Submissions, long Charges, long Untold, Usd Charged, Usd Unconfirmed, Usd Reserved, Usd InDoubt)
    {
        public static CostDocument Of(CostRow row) => new(
            row.Name, row.Submissions, row.Charges, row.Untold, Nanos.Read(row.Charged), Nanos.Read(row.Unconfirmed),
            Nanos.Read(row.Reserved), Nanos.Read(row.InDoubt));

        public static CostDocument Sum(IEnumerable<CostDocument> lines) => lines.Aggregate(
            new CostDocument("total", 0, 0, 0, Usd.Zero, Usd.Zero, Usd.Zero, Usd.Zero),
            (sum, line) => new CostDocument(
                sum.Name, sum.Submissions + line.Submissions, sum.Charges + line.Charges, sum.Untold + line.Untold,
                sum.Charged + line.Charged, sum.Unconfirmed + line.Unconfirmed, sum.Reserved + line.Reserved,
                sum.InDoubt + line.InDoubt));
    }
}
