using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>What an account has, in US dollars; null where Atlas does not tell.</summary>
/// <param name="Account">The account's name, or its id where it has none.</param>
/// <param name="Available">What can be spent; below zero when it is overdrawn.</param>
/// <param name="Cash">What was paid in.</param>
/// <param name="Bonus">What Atlas gave.</param>
/// <param name="SubscriptionBonus">What a subscription gave.</param>
/// <param name="Frozen">What is reserved for jobs under way.</param>
/// <param name="OverdraftLeft">How far it may go below zero.</param>
public sealed record Balance(
    string? Account, decimal Available, decimal? Cash, decimal? Bonus, decimal? SubscriptionBonus, decimal? Frozen,
    decimal? OverdraftLeft)
{
    /// <summary>The balance in an answer; null where it says nothing of what is available.</summary>
    internal static Balance? Read(AnswerBody body)
    {
        var root = body.Root.At("data").Object() ?? body.Root;
        if (Money.Read(root.At("available")) is not { } available)
            return null;
        return new Balance(
            root.At("account", "name").String() ?? root.At("account", "id").Text(),
            available,
            Money.Read(root.At("cash")),
            Money.Read(root.At("bonus")),
            Money.Read(root.At("subscription_bonus")),
            Money.Read(root.At("frozen")),
            Money.Read(root.At("credit_grant", "remaining_overdraft")));
    }
}

/// <summary>Amounts as the billing endpoints write them: <c>{"value":"125.500000","currency":"usd"}</c>.</summary>
internal static class Money
{
    /// <summary>US dollars, below zero too; null where it is no amount, or one of another currency.</summary>
    internal static decimal? Read(JsonElement? element)
    {
        if (element.Object() is not { } money)
            return element.SignedAmount();
        var isUsd = money.At("currency").String() is not { } currency
            || currency.Equals("usd", StringComparison.OrdinalIgnoreCase);
        return isUsd ? money.At("value").SignedAmount() : null;
    }
}
