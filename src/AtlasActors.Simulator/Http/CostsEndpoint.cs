using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says what an account was charged, in a bucket for each day in UTC that has begun.</summary>
internal sealed class CostsEndpoint(SimulatorOptions options, PredictionBook book)
{
    public Task ListAsync(HttpContext context)
    {
        var (query, refusal) = CostQuery.Read(context.Request.Query);
        if (query is null) return refusal!.WriteAsync(context);
        var now = options.Clock.GetUtcNow().UtcDateTime;
        var end = Earlier(query.Before, DateOnly.FromDateTime(now).AddDays(1));
        var next = Earlier(query.From.AddDays(query.Limit), end);
        var account = Doorkeeper.AccountOf(context);
        var charges = book.ChargesOf(account, query.From, next).Where(query.Wants).ToLookup(charge => charge.Day);
        var hasMore = next < end;
        return Answers.WriteAsync(context, new JsonObject
        {
            ["object"] = "list",
            ["scope"] = context.Request.Query["scope"].ToString() is { Length: > 0 } scope ? scope : "self",
            ["data"] = new JsonArray(
            [
                .. Days(query.From, next).Select(day => Bucket(day, now, Results(charges[day], query, account))),
            ]),
            ["has_more"] = hasMore,
            ["next_page"] = hasMore ? CostQuery.Text(next) : null,
            ["request_id"] = context.TraceIdentifier,
        });
    }

    private static JsonObject Bucket(DateOnly day, DateTime now, JsonArray results)
    {
        var (start, end) = (At(day), At(day.AddDays(1)));
        var isPartial = now < end.UtcDateTime;
        return new JsonObject
        {
            ["object"] = "model_cost.bucket",
            ["date"] = CostQuery.Text(day),
            ["start_at"] = AnswerForms.Iso(start),
            ["end_at"] = AnswerForms.Iso(end),
            ["covered_until"] = AnswerForms.Iso(isPartial ? now : end),
            ["partial"] = isPartial,
            ["results"] = results,
        };
    }

    private static JsonArray Results(IEnumerable<DayCharge> charges, CostQuery query, string account)
    {
        var groups = charges.GroupBy(charge => (
            Type: query.GroupBy.Contains("model_type") ? CostQuery.TypeOf(charge) : null,
            Model: query.GroupBy.Contains("model") ? charge.Model : null));
        return [.. groups.OrderBy(group => group.Key.Model, StringComparer.Ordinal).Select(group =>
        {
            var result = new JsonObject { ["object"] = "model_cost.result" };
            if (group.Key.Type is { } type) result["model_type"] = type;
            if (group.Key.Model is { } model) result["model"] = model;
            if (query.GroupBy.Contains("api_key")) result["api_key_id"] = $"ak_{account}";
            result["amount"] = BalanceEndpoint.Money(group.Sum(charge => charge.Amount));
            return (JsonNode)result;
        })];
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly before)
    {
        for (var day = from; day < before; day = day.AddDays(1)) yield return day;
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
