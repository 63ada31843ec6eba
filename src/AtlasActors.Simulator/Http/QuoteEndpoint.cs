using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says what a submission would cost, and takes none.</summary>
internal sealed class QuoteEndpoint(OrderReader reader, PriceTable prices)
{
    public async Task QuoteAsync(HttpContext context)
    {
        if (await reader.ReadQuoteAsync(context) is not { } order) return;
        var quote = prices.Quote(order.Kind, order.Model, order.Shape);
        await Answers.WriteAsync(context, new JsonObject
        {
            ["code"] = StatusCodes.Status200OK,
            ["data"] = new JsonObject
            {
                ["price"] = AnswerForms.Usd(quote.Price),
                ["origin_price"] = AnswerForms.Usd(quote.ListPrice),
                ["discount"] = AnswerForms.Usd(quote.DiscountPercent),
                ["estimated"] = quote.IsEstimate,
                ["estimated_tokens"] = quote.Tokens,
            },
        });
    }
}
