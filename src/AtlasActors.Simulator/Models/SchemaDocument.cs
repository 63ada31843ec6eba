using System.Text.Json.Nodes;

namespace AtlasActors.Simulator.Models;

/// <summary>A model's fields as Atlas publishes them: an OpenAPI 3 document a model.</summary>
internal static class SchemaDocument
{
    private const string Root = "/api/v1/model";

    public static JsonObject Of(SimulatedModel model, string origin) => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["title"] = model.Id, ["version"] = "1.0.0" },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = origin }),
        ["paths"] = new JsonObject
        {
            [$"{Root}/{model.SubmitPath}"] = new JsonObject { ["post"] = Submit() },
            [$"{Root}/prediction/{{request_id}}"] = new JsonObject { ["get"] = Poll() },
        },
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject { ["Input"] = Input(model), ["PredictionResponse"] = Response() },
        },
    };

    private static JsonObject Input(SimulatedModel model)
    {
        var properties = new JsonObject { ["model"] = ModelField(model) };
        foreach (var (name, schema) in model.Fields) properties[name] = JsonObject.Create(schema);
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = Words(model.Required.Prepend("model")),
            ["properties"] = properties,
            ["x-order-properties"] = Words(model.Fields.Keys.Prepend("model")),
        };
    }

    private static JsonObject ModelField(SimulatedModel model) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray(model.Id),
        ["default"] = model.Id,
    };

    private static JsonObject Submit() => new()
    {
        ["x-api-name"] = "model_run",
        ["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("Input") },
        ["responses"] = Answer(),
    };

    private static JsonObject Poll() => new()
    {
        ["x-api-name"] = "model_result",
        ["parameters"] = new JsonArray(new JsonObject
        {
            ["name"] = "request_id",
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string" },
        }),
        ["responses"] = Answer(),
    };

    private static JsonObject Answer() => new()
    {
        ["200"] = new JsonObject { ["description"] = "The prediction.", ["content"] = Content("PredictionResponse") },
    };

    private static JsonObject Content(string schema) => new()
    {
        ["application/json"] = new JsonObject
        {
            ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" },
        },
    };

    private static JsonObject Response() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer" },
            ["message"] = new JsonObject { ["type"] = "string" },
            ["data"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["id"] = new JsonObject { ["type"] = "string" },
                    ["model"] = new JsonObject { ["type"] = "string" },
                    ["status"] = new JsonObject { ["type"] = "string" },
                    ["outputs"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject() },
                    ["error"] = new JsonObject { ["type"] = "string" },
                },
            },
        },
    };

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
