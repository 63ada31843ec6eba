namespace AtlasActors.Atlas;

/// <summary>What a job would cost, in US dollars.</summary>
/// <param name="Price">What this account would pay.</param>
/// <param name="ListPrice">What it costs without the account's discount.</param>
/// <param name="DiscountPercent">Which part of the list price is paid: 80 means four fifths.</param>
/// <param name="IsEstimate">The model is billed by tokens, and the charge may differ.</param>
/// <param name="Tokens">How many tokens the estimate counts.</param>
/// <param name="IsPartial">The length of an input video is not counted, and the charge will be higher.</param>
public sealed record Quote(
    decimal Price, decimal? ListPrice, decimal? DiscountPercent, bool IsEstimate, long? Tokens, bool IsPartial)
{
    /// <summary>The quote in an answer; null where there is none, or it is in another currency.</summary>
    internal static Quote? Read(AnswerBody body)
    {
        var quote = body.Root.At("data").Object() ?? body.Root;
        if (quote.At("price").Amount() is not { } price || !IsUsd(quote.At("currency").String()))
            return null;
        return new Quote(
            price,
            quote.At("origin_price").Amount(),
            quote.At("discount").Amount(),
            quote.At("estimated").Flag() == true,
            quote.At("estimated_tokens").Amount() is { } tokens and <= long.MaxValue ? (long)tokens : null,
            quote.At("estimate_partial").Flag() == true);
    }

    // Atlas's only currency, and mostly not named.
    private static bool IsUsd(string? currency) =>
        currency?.Trim().Equals("usd", StringComparison.OrdinalIgnoreCase) != false;
}
