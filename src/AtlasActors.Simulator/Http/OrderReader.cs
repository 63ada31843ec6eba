using System.Text.Json;
using AtlasActors.Simulator.Models;
using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Reads submissions, and answers those that cannot be accepted whoever sends them.</summary>
internal sealed class OrderReader(SimulatorOptions options)
{
    private const string BadRequest = "bad request";
    private const string BadFields = "Invalid request parameters";

    /// <summary>The order; null where the request was answered with a refusal.</summary>
    public async Task<SubmitOrder?> ReadSubmissionAsync(HttpContext context, MediaKind kind)
    {
        using var document = await ReadObjectAsync(context);
        if (document is null) return null;
        var (order, refusal) = Submission(context, kind, document.RootElement);
        if (refusal is { } found) await Answers.RefuseAsync(context, found.Status, found.Message);
        return order;
    }

    /// <summary>What a quote is asked for; null where the request was answered with a refusal.</summary>
    public async Task<SubmitOrder?> ReadQuoteAsync(HttpContext context)
    {
        using var document = await ReadObjectAsync(context);
        if (document is null) return null;
        var body = document.RootElement;
        var model = SubmitFields.Text(body, "model") ?? "";
        if (options.Strict && model.Length > 0 && SimulatedModels.Find(model) is null)
        {
            // The formula of a model that is not there: an answer of the live service, in a good HTTP status.
            await Answers.RefuseAsync(
                context, StatusCodes.Status500InternalServerError,
                "failed to evaluate price: expression compile failed", StatusCodes.Status200OK);
            return null;
        }

        var (order, refusal) = Quote(body);
        if (refusal is { } found) await Answers.RefuseAsync(context, found.Status, found.Message);
        return order;
    }

    private (SubmitOrder? Order, (int Status, string Message)? Refusal) Submission(
        HttpContext context, MediaKind kind, JsonElement body)
    {
        var (areHoursGood, outputHours, recordHours) = RetentionHours.Read(context.Request.Headers);
        if (!areHoursGood) return Bad("invalid retention header");
        var webhook = SubmitFields.Text(body, "webhook_url");
        if (body.TryGetProperty("webhook_url", out _) && !WebhookAddress.IsGood(webhook, options.AllowPrivateWebhooks))
            return Bad("invalid webhook_url");
        if (options.Strict && StrictObjection(kind, body) is { } objection) return (null, objection);
        var (order, fault) = SubmitFields.Read(kind, body, options.Form);
        if (order is null) return Bad(fault!);
        var fields = SubmitFields.FieldsOf(body, options.Form);
        return (order with
        {
            Terms = new SubmissionTerms(
                KeptBody.Of(body), outputHours, recordHours, webhook,
                SubmitFields.IsOn(fields, "enable_base64_output")),
            WaitsForOutputs = kind == MediaKind.Image && SubmitFields.IsOn(fields, "enable_sync_mode"),
        }, null);
    }

    private (SubmitOrder?, (int Status, string Message)?) Quote(JsonElement body)
    {
        var model = SimulatedModels.FindByAnyName(SubmitFields.Text(body, "model") ?? "");
        var fields = SubmitFields.FieldsOf(body, options.Form);
        if (model is not null && SchemaCheck.MissingField(model, fields) is { } missing)
            return Bad($"invalid_param: {missing} is required");
        if (options.Strict && model is not null && !SchemaCheck.Accepts(model, fields)) return Bad(BadFields);
        var (order, fault) = SubmitFields.Read(SubmitFields.KindOfBody(body), body, options.Form);
        return order is null ? Bad(fault!) : (order, null);
    }

    // As the schemas say: which path takes the model's jobs, and which fields they have.
    private (int, string)? StrictObjection(MediaKind kind, JsonElement body) =>
        SubmitFields.Text(body, "model") is not { } id ? null
        : SimulatedModels.Find(id) is not { } model ? (StatusCodes.Status404NotFound, "model not found")
        : model.Kind == kind && SchemaCheck.Accepts(model, SubmitFields.FieldsOf(body, options.Form)) ? null
        : (StatusCodes.Status400BadRequest, BadFields);

    private static (SubmitOrder?, (int, string)?) Bad(string message) =>
        (null, (StatusCodes.Status400BadRequest, message));

    private static async Task<JsonDocument?> ReadObjectAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "request body too large");
            return null;
        }

        var document = context.Request.HasJsonContentType() ? RequestBody.ParseObject(body) : null;
        if (document is null) await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, BadRequest);
        return document;
    }
}
