using System.Text.Json.Nodes;
using AtlasActors.Simulator.Models;
using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Lists the models and serves the description of each one's fields; both to anybody.</summary>
internal sealed class ModelsEndpoint(PriceTable prices)
{
    public const string SchemaPath = "/model/schema";

    public Task ListAsync(HttpContext context)
    {
        var origin = Answers.Origin(context.Request);
        return Answers.WriteAsync(context, new JsonObject
        {
            ["code"] = StatusCodes.Status200OK,
            ["data"] = new JsonArray(
            [
                .. SimulatedModels.All.Select(model => Row(model, origin)),
                .. prices.OthersPriced.Select(OtherRow),
            ]),
        });
    }

    public static Task SchemaAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        return SimulatedModels.FindBySlug(Path.GetFileNameWithoutExtension(file)) is { } model
            && file.EndsWith(".json", StringComparison.Ordinal)
            ? Answers.WriteAsync(context, SchemaDocument.Of(model, Answers.Origin(context.Request)))
            : Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "no such file");
    }

    private JsonObject Row(SimulatedModel model, string origin) => new()
    {
        ["uuid"] = model.Slug,
        ["model"] = model.Id,
        ["type"] = model.Kind.ToString(),
        ["displayName"] = model.Name,
        ["organization"] = model.Organization,
        ["categories"] = AnswerForms.Strings(model.Categories),
        ["tags"] = new JsonArray(),
        ["schema"] = $"{origin}{SchemaPath}/{model.Slug}.json",
        ["display_console"] = model.IsListed,
        ["price"] = Price(model.Kind, model.Id),
    };

    // Named by the options only: there is a price, and nothing is known of the fields.
    private JsonObject OtherRow(string model)
    {
        var kind = SubmitFields.KindOfName(model);
        return new JsonObject
        {
            ["model"] = model,
            ["type"] = kind.ToString(),
            ["displayName"] = model,
            ["categories"] = new JsonArray(),
            ["display_console"] = true,
            ["price"] = Price(kind, model),
        };
    }

    private JsonObject Price(MediaKind kind, string model)
    {
        var (actual, list, discount) = prices.Listed(kind, model);
        return new JsonObject
        {
            ["discount"] = AnswerForms.Usd(discount),
            ["actual"] = new JsonObject { ["base_price"] = AnswerForms.Usd(actual) },
            ["origin"] = new JsonObject { ["base_price"] = AnswerForms.Usd(list) },
        };
    }
}
