using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary><c>POST /v1/batches…</c>: taking batches on, and doing with them what a person may ask.</summary>
internal sealed class BatchesEndpoint(ServiceState service)
{
    /// <summary>As much as a batch file on disk may have.</summary>
    private const int LongestFile = 64 << 20;

    private const string Source = "request";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/batches", BeginAsync);
        routes.MapPost("/v1/batches/{batch}/resume", ResumeAsync);
        routes.MapPost("/v1/batches/{batch}/retry", RetryAsync);
        routes.MapPost("/v1/batches/{batch}/stop", StopAsync);
    }

    private Task ResumeAsync(HttpContext context) =>
        ChangeAsync(context, (batches, id) => batches.ResumeAsync(id, context.RequestAborted));

    private Task RetryAsync(HttpContext context)
    {
        var (inDoubt, budget) = (Flag(context, "in_doubt"), MaxCost(context));
        return ChangeAsync(context, (batches, id) => batches.RetryAsync(id, inDoubt, budget, context.RequestAborted));
    }

    /// <summary>Answered when all that is on its way is recorded. Also while the service is being stopped: it is the same.</summary>
    private Task StopAsync(HttpContext context) => LookAsync(context, async (_, batches, id) =>
    {
        var batch = await batches.StopAsync(id, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, batch).ConfigureAwait(false);
    });

    private async Task BeginAsync(HttpContext context)
    {
        var batches = service.ToChange();
        var ending = Ending(context.Request);
        var budget = MaxCost(context);
        var text = RequestText.Of(await RequestText.BytesAsync(context, LongestFile).ConfigureAwait(false));
        // Without a folder: what came from elsewhere reads no file of this machine.
        var reading = BatchFileReader.Read(text, Source + ending);
        if (reading.Definition is not { } definition)
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, "The batch file is not in order; nothing was sent.", reading.Faults);
        // Without the token: a start that is given up half way would leave it unknown whether it was recorded.
        var batch = await batches
            .StartAsync(definition with { Source = Source }, budget, CancellationToken.None).ConfigureAwait(false);
        await service.NoteAsync(batch).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"/v1/batches/{batch.Id}";
        await Answer.WriteAsync(
            context, new BegunDocument(DocumentOf(batch), reading.Warnings, definition.Skipped)).ConfigureAwait(false);
    }

    private async Task ChangeAsync(HttpContext context, Func<IAtlasBatches, BatchId, Task<BatchView>> change)
    {
        service.ToChange();
        await LookAsync(context, async (_, batches, id) =>
        {
            var batch = await batches.GetAsync(id, context.RequestAborted).ConfigureAwait(false);
            if (batch.Endpoint != service.Endpoint)
                throw new ProblemException(
                    StatusCodes.Status409Conflict,
                    $"The batch was begun with {batch.Endpoint}, and the service works with {service.Endpoint}.");
            await AnswerAsync(context, await change(batches, id).ConfigureAwait(false)).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Does something with the batch in the path, or answers that there is none.</summary>
    private async Task LookAsync(HttpContext context, Func<HttpContext, IAtlasBatches, BatchId, Task> look)
    {
        var batches = service.ToLook();
        if (BatchId.Find(context.GetRouteValue("batch") as string) is not { } id)
            throw ServiceState.NoBatch();
        try
        {
            await look(context, batches, id).ConfigureAwait(false);
        }
        catch (BatchException refused)
        {
            throw await HasAsync(batches, id, context).ConfigureAwait(false)
                ? new ProblemException(StatusCodes.Status409Conflict, refused.Message)
                : ServiceState.NoBatch();
        }
    }

    private static async Task<bool> HasAsync(IAtlasBatches batches, BatchId id, HttpContext context) =>
        (await batches.ListIdsAsync(context.RequestAborted).ConfigureAwait(false)).Contains(id);

    private async Task AnswerAsync(HttpContext context, BatchView batch)
    {
        await service.NoteAsync(batch).ConfigureAwait(false);
        await Answer.WriteAsync(context, DocumentOf(batch)).ConfigureAwait(false);
    }

    private BatchDocument DocumentOf(BatchView batch) => BatchDocument.Of(batch, service.OutputDir);

    /// <summary>Which kind of file the body is, as far as its type says; else its first letter does.</summary>
    private static string Ending(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        return type switch
        {
            _ when type.StartsWith("multipart/", StringComparison.Ordinal) => throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, "Send the batch file itself as the body, as JSON or YAML."),
            _ when type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) => ".json",
            _ when type.EndsWith("yaml", StringComparison.Ordinal) => ".yaml",
            _ => "",
        };
    }

    private static bool Flag(HttpContext context, string name) => (string?)context.Request.Query[name] switch
    {
        null or "false" => false,
        "true" or "" => true,
        var other => throw new ProblemException(StatusCodes.Status400BadRequest, $"{name} is '{other}': give true or false."),
    };

    private static Usd? MaxCost(HttpContext context) => (string?)context.Request.Query["max_cost"] switch
    {
        null => null,
        var text when decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount is > 0 and <= 10_000_000 => new Usd(amount),
        var other => throw new ProblemException(
            StatusCodes.Status400BadRequest, $"max_cost is '{other}': give US dollars above 0, such as 2.50."),
    };
}
