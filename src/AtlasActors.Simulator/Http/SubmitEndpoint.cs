using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Takes submissions, and quotes what they would cost.</summary>
internal sealed class SubmitEndpoint(
    SimulatorOptions options, IAnswerForm form, PriceTable prices, PredictionBook book, SeenTraffic seen)
{
    public async Task SubmitAsync(HttpContext context, MediaKind kind)
    {
        var request = seen.CountSubmit();
        if (await ReadOrderAsync(context, kind) is not { } order) return;
        if (Chance.Hits(options.Faults.SubmitRefusedRate, options.Seed, ChancePurpose.SubmitRefused, request))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status429TooManyRequests, "rate limit exceeded");
            return;
        }

        await AnswerAsync(context, Accept(context, order));
    }

    public async Task QuoteAsync(HttpContext context)
    {
        if (await ReadOrderAsync(context, kind: null) is not { } order) return;
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

    private SubmitVerdict Accept(HttpContext context, SubmitOrder order)
    {
        try
        {
            return book.Submit(Doorkeeper.AccountOf(context), order);
        }
        catch (IOException)
        {
            return new SubmitVerdict.Refused(StatusCodes.Status500InternalServerError, "the journal cannot be written");
        }
    }

    private Task AnswerAsync(HttpContext context, SubmitVerdict verdict)
    {
        switch (verdict)
        {
            case SubmitVerdict.Refused refused:
                return Answers.RefuseAsync(context, refused.Status, refused.Message);
            case SubmitVerdict.Accepted { Prediction: var prediction } when Chance.Hits(
                options.Faults.SubmitLostRate, options.Seed, ChancePurpose.SubmitLost, prediction.Number):
                context.Abort();
                return Task.CompletedTask;
            case SubmitVerdict.Accepted { Prediction: var prediction }:
                return Answers.WriteAsync(context, form.Submitted(prediction, Answers.Origin(context.Request)));
            default:
                throw new InvalidOperationException($"Unknown verdict {verdict}.");
        }
    }

    // A quote has no path of its own for each kind: the model's name tells.
    private async Task<SubmitOrder?> ReadOrderAsync(HttpContext context, MediaKind? kind)
    {
        if (await RequestBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "request body too large");
            return null;
        }

        using var document = context.Request.HasJsonContentType() ? RequestBody.ParseObject(body) : null;
        var (order, objection) = document?.RootElement is { } fields
            ? SubmitFields.Read(kind ?? SubmitFields.KindOfBody(fields), fields, options.Form)
            : (null, "bad request");
        if (order is null) await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, objection!);
        return order;
    }
}
