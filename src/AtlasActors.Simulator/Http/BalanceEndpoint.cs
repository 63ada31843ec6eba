using System.Globalization;
using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says what an account has left, and what of it is held for jobs under way.</summary>
internal sealed class BalanceEndpoint(SimulatorOptions options, PredictionBook book)
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

    /// <summary>An amount as billing writes it: six decimals and the currency.</summary>
    public static JsonObject Money(decimal amount) => new()
    {
        ["value"] = amount.ToString("F6", CultureInfo.InvariantCulture),
        ["currency"] = "usd",
    };
}
