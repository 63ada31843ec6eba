using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>How the billing endpoints refuse: another shape than the media endpoints'.</summary>
internal sealed record BillingRefusal(string Type, string Code, string Message, string? Param, int Status)
{
    public static BillingRefusal InvalidKey { get; } = new(
        "authentication_error", "invalid_api_key", "The API key is not valid.", null,
        StatusCodes.Status401Unauthorized);

    public static BillingRefusal Invalid(string code, string message, string param) =>
        new("invalid_request_error", code, message, param, StatusCodes.Status400BadRequest);

    public Task WriteAsync(HttpContext context) => Answers.WriteAsync(
        context,
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = Type,
                ["code"] = Code,
                ["message"] = Message,
                ["param"] = Param,
            },
            ["request_id"] = context.TraceIdentifier,
        },
        Status);
}
