using System.Globalization;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says what an account has left; to anybody, what has been seen.</summary>
internal sealed class AccountEndpoint(SimulatorOptions options, PredictionBook book, SeenTraffic seen)
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
            ["subscription_bonus"] = Money(0),
            ["frozen"] = Money(reserved),
            ["credit_grant"] = new JsonObject
            {
                ["status"] = "none",
                ["granted"] = Money(0),
                ["used"] = Money(0),
                ["remaining_overdraft"] = Money(0),
                ["overdrawn"] = false,
            },
            ["request_id"] = context.TraceIdentifier,
        });
    }

    public Task SummaryAsync(HttpContext context) => Answers.WriteAsync(context, new JsonObject
    {
        ["form"] = options.Form.ToString(),
        ["speed"] = options.Speed,
        ["submit_requests"] = seen.SubmitRequests,
        ["submissions"] = book.Count,
        ["in_flight"] = seen.InFlight,
        ["polls"] = seen.Polls,
        ["downloads"] = seen.Downloads,
        ["uploads"] = seen.Uploads,
        ["charged"] = AnswerForms.Usd(seen.Charged),
    });

    public static JsonObject Money(decimal amount) => new()
    {
        ["value"] = amount.ToString("F6", CultureInfo.InvariantCulture),
        ["currency"] = "usd",
    };
}
