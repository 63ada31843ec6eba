using System.Globalization;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says what an account has left; to anybody, which models there are and what has been seen.</summary>
internal sealed class AccountEndpoint(
    SimulatorOptions options, PriceTable prices, PredictionBook book, SeenTraffic seen)
{
    public Task BalanceAsync(HttpContext context)
    {
        var account = Doorkeeper.AccountOf(context);
        var (_, reserved, charged) = book.StateOf(account);
        var available = (options.Balance ?? 1_000_000m) - reserved - charged;
        return Answers.WriteAsync(context, new JsonObject
        {
            ["object"] = "balance",
            ["scope"] = "account",
            ["account"] = new JsonObject { ["id"] = account, ["name"] = "Simulator", ["type"] = "personal" },
            ["available"] = Money(available),
            ["cash"] = Money(available),
            ["bonus"] = Money(0),
            ["frozen"] = Money(reserved),
            ["request_id"] = context.TraceIdentifier,
        });
    }

    public Task ModelsAsync(HttpContext context) => Answers.WriteAsync(context, new JsonObject
    {
        ["code"] = StatusCodes.Status200OK,
        ["data"] = new JsonArray([.. prices.Models.Select(Model)]),
    });

    public Task SummaryAsync(HttpContext context) => Answers.WriteAsync(context, new JsonObject
    {
        ["form"] = options.Form.ToString(),
        ["speed"] = options.Speed,
        ["submit_requests"] = seen.SubmitRequests,
        ["submissions"] = seen.Submissions.Count,
        ["in_flight"] = seen.InFlight,
        ["polls"] = seen.Polls,
        ["downloads"] = seen.Downloads,
        ["uploads"] = seen.Uploads,
        ["charged"] = AnswerForms.Usd(seen.Charged),
    });

    private JsonObject Model(string model)
    {
        var price = AnswerForms.Usd(prices.UnitPrice(model));
        return new JsonObject
        {
            ["model"] = model,
            ["type"] = SubmitFields.KindOfName(model).ToString(),
            ["displayName"] = model,
            ["display_console"] = true,
            ["price"] = new JsonObject
            {
                ["discount"] = "100",
                ["actual"] = new JsonObject { ["base_price"] = price },
                ["origin"] = new JsonObject { ["base_price"] = price },
            },
        };
    }

    private static JsonObject Money(decimal amount) => new()
    {
        ["value"] = amount.ToString("F6", CultureInfo.InvariantCulture),
        ["currency"] = "usd",
    };
}
