using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Serving.Callers;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Serving.Posting;
using AtlasActors.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving;

/// <summary>
/// <c>POST /v1/batches</c> and <c>/v1/estimate</c>: batch files, to be worked on or to be thought about.
/// </summary>
internal sealed class SubmitEndpoint(
    ServiceState service, PostDesk desk, BatchBody bodies, SettingsInForce inForce, WebhookSettings webhooks)
{
    private const string Source = "request";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/batches", desk.Taking<SentBatch>(bodies.ReadBatchAsync, BeginAsync))
            .For(Role.Submit, takesBatchFile: true);
        routes.MapPost("/v1/estimate", desk.Taking<SentBatch>(bodies.ReadBatchAsync, EstimateAsync))
            .For(Role.Submit, takesBatchFile: true);
    }

    private async Task<Reply> BeginAsync(Post<SentBatch> post)
    {
        var (budget, isTry, webhook) = (post.Query.Money("max_cost"), post.Query.Flag("dry_run"), ReadWebhook(post.Query));
        post.Query.ThrowIfFaulty();
        if (isTry)
        {
            var (tried, definition) = Read(post.Body, post.Body.Folder);
            return Reply.Of(new TriedDocument(
                Valid: true, EstimateDocument.Of(definition, BatchEstimate.Of(definition, tried.Prices)), budget, tried.Warnings,
                definition.Skipped));
        }
        var batches = service.ToChange();
        var (reading, written) = ReadInPlace(post);
        var asked = webhook is null ? written : written with { Webhook = webhook };
        var batch = await StartAsync(batches, post.NewBatch, asked, budget).ConfigureAwait(false);
        await service.NoteAsync(batch).ConfigureAwait(false);
        return Reply.Created(
            new BegunDocument(BatchDocument.Of(batch, service.OutputDir), reading.Warnings, asked.Skipped),
            $"/v1/batches/{batch.Id}");
    }

    /// <summary>Who is to be told in place of whom the file names: of each job and of the batch.</summary>
    private BatchWebhook? ReadWebhook(QueryReading query)
    {
        const string name = "webhook";
        if (query.Text(name) is not { } url) return null;
        if (WebhookAddress.Fault(url, webhooks.ArePrivateAllowed) is { } fault) query.Fault(name, fault);
        return new BatchWebhook(url);
    }

    /// <summary>
    /// Reads the file beside the files that were sent along, in their place: the batch remembers their paths.
    /// </summary>
    private (BatchFileReading Reading, BatchDefinition Definition) ReadInPlace(Post<SentBatch> post)
    {
        var inputs = new BatchInputs(service.OutputDir, post.NewBatch, post.Body);
        try
        {
            return Read(post.Body, inputs.Take());
        }
        catch (ProblemException)
        {
            inputs.GiveBack();
            throw;
        }
    }

    private Task<Reply> EstimateAsync(Post<SentBatch> post)
    {
        post.Query.ThrowIfFaulty();
        var (reading, definition) = Read(post.Body, post.Body.Folder);
        return Task.FromResult(Reply.Of(EstimateDocument.Of(definition, BatchEstimate.Of(definition, reading.Prices))));
    }

    /// <summary>
    /// Without the request's token: a start that is given up half way would leave it unknown whether it was recorded.
    /// </summary>
    private static async Task<BatchView> StartAsync(IAtlasBatches batches, BatchId id, BatchDefinition definition, Usd? budget)
    {
        try
        {
            return await batches.StartAsync(id, definition, budget, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BudgetException refused)
        {
            throw new ProblemException(StatusCodes.Status402PaymentRequired, refused.Message);
        }
        catch (BatchException refused)
        {
            // The journal fails, or the service is ending: whether it was recorded is not known, and what it is made
            // from stays.
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, refused.Message);
        }
    }

    private (BatchFileReading Reading, BatchDefinition Definition) Read(SentBatch sent, string? folder)
    {
        var text = RequestText.Of(sent.File);
        var (most, prices) = (inForce.Current.Limits.JobsPerBatch, inForce.Current.Prices);
        // Without a folder: what came from elsewhere reads no file of this machine but those that came with it.
        var reading = folder is null
            ? BatchFileReader.Read(text, Source + sent.Ending, prices: prices)
            : BatchFileReader.ReadSent(text, Source + sent.Ending, folder, prices);
        if (reading.Definition is not { } definition)
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, "The batch file is not in order; nothing was sent.", reading.Faults);
        if (definition.Jobs.Count > most)
            throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity,
                $"The batch file has {definition.Jobs.Count} jobs, and {most} are taken in one batch; "
                + "nothing was sent.");
        if (definition.Webhook is { } webhook && WebhookAddress.Fault(webhook.Url, webhooks.ArePrivateAllowed) is { } fault)
            throw new ProblemException(StatusCodes.Status422UnprocessableEntity, $"The batch file's webhook {fault} Nothing was sent.");
        return (reading, definition with { Source = Source });
    }
}

/// <summary>What would become of a batch file.</summary>
/// <param name="Valid">That it is in order: one that is not comes back as a problem.</param>
/// <param name="Estimate">What it would cost, and how long it would take.</param>
/// <param name="MaxCost">The budget that it would have.</param>
/// <param name="Warnings">What is odd about the file.</param>
/// <param name="Skipped">Jobs of an unknown type, which would be left out.</param>
internal sealed record TriedDocument(
    bool Valid, EstimateDocument Estimate, Usd? MaxCost, IReadOnlyList<FileFault> Warnings, IReadOnlyList<SkippedJob> Skipped);
