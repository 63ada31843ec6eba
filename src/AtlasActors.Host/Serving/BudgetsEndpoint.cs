using AtlasActors.Costs;
using AtlasActors.Host.Serving.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>GET /v1/budgets</c>: the configured budgets, and what is left of each.</summary>
internal sealed class BudgetsEndpoint(ServiceState service)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/budgets", ListAsync).For(Role.Read);

    private async Task ListAsync(HttpContext context)
    {
        new QueryReading(context.Request).ThrowIfFaulty();
        var budgets = await service.ToLook().GetBudgetsAsync(context.RequestAborted).ConfigureAwait(false);
        await Answer.WriteAsync(context, new BudgetListDocument([.. budgets.Select(BudgetDocument.Of)])).ConfigureAwait(false);
    }
}

/// <summary>All budgets, in the configuration's order.</summary>
internal sealed record BudgetListDocument(IReadOnlyList<BudgetDocument> Budgets);

/// <summary>A budget at one moment; US dollars.</summary>
internal sealed record BudgetDocument(
    string Name, string? Label, BudgetPeriod Per, Usd Limit, Usd Spent, Usd Reserved, Usd InDoubt, Usd Left,
    DateTimeOffset? BeginsAnew)
{
    public static BudgetDocument Of(BudgetView budget) => new(
        budget.Budget.Name, budget.Budget.Label, budget.Budget.Per, budget.Budget.Limit, budget.Spent, budget.Reserved,
        budget.InDoubt, budget.Left, budget.BeginsAnew);
}
