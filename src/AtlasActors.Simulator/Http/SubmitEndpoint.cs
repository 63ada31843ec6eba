using AtlasActors.Simulator.Predictions;
using AtlasActors.Simulator.Webhooks;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Takes submissions.</summary>
internal sealed class SubmitEndpoint(
    SimulatorOptions options, IAnswerForm form, OrderReader reader, SubmitFaults faults, PredictionBook book,
    SeenTraffic seen, Bulletins bulletins, WebhookPost webhooks)
{
    public async Task SubmitAsync(HttpContext context, MediaKind kind)
    {
        var request = seen.CountSubmit();
        if (faults.DropsUnread(request))
        {
            context.Abort();
            return;
        }

        if (await reader.ReadSubmissionAsync(context, kind) is not { } order) return;
        await AnswerAsync(context, order, faults.Verdict(order, request) ?? Accept(context, order));
    }

    private SubmitVerdict Accept(HttpContext context, SubmitOrder order)
    {
        try
        {
            var verdict = book.Submit(Doorkeeper.AccountOf(context), order);
            // Even where the answer is going to be lost: the call is then what tells of the prediction.
            if (verdict is SubmitVerdict.Accepted { Tracked: var tracked })
                webhooks.Schedule(tracked, Answers.Origin(context.Request));
            return verdict;
        }
        catch (IOException)
        {
            return new SubmitVerdict.Refused(StatusCodes.Status500InternalServerError, "the journal cannot be written");
        }
    }

    private Task AnswerAsync(HttpContext context, SubmitOrder order, SubmitVerdict verdict)
    {
        switch (verdict)
        {
            case SubmitVerdict.Refused refused:
                return Answers.RefuseAsync(
                    context, refused.Code, refused.Message, refused.AsOk ? StatusCodes.Status200OK : refused.Code);
            case SubmitVerdict.Unreachable:
                return Answers.WriteGatewayPageAsync(context, StatusCodes.Status502BadGateway);
            case SubmitVerdict.Dropped:
                context.Abort();
                return Task.CompletedTask;
            case SubmitVerdict.Accepted { Tracked: var tracked } when IsLost(tracked):
                context.Abort();
                return Task.CompletedTask;
            case SubmitVerdict.Accepted { Tracked: var tracked }:
                return order.WaitsForOutputs
                    ? AnswerAtEndAsync(context, tracked)
                    : Answers.WriteAsync(
                        context, form.Submitted(bulletins.Accepted(tracked, Answers.Origin(context.Request))));
            default:
                throw new InvalidOperationException($"Unknown verdict {verdict}.");
        }
    }

    private bool IsLost(TrackedPrediction tracked) =>
        tracked.Markers.Hits(PromptMarker.SubmitLost, tracked.Prediction.Attempt)
        || Chance.Hits(
            options.Faults.SubmitLostRate, options.Seed, ChancePurpose.SubmitLost, tracked.Prediction.Number);

    // The gateway waits only so long; the generation goes on without the caller knowing which it is.
    private async Task AnswerAtEndAsync(HttpContext context, TrackedPrediction tracked)
    {
        var takes = tracked.Prediction.Takes;
        var waits = takes < options.SyncMaxWait ? takes : options.SyncMaxWait;
        await options.Clock.WaitUntilAsync(tracked.Prediction.AcceptedAt + waits, context.RequestAborted);
        if (takes > options.SyncMaxWait)
        {
            await Answers.WriteGatewayPageAsync(context, StatusCodes.Status504GatewayTimeout);
            return;
        }

        var ended = await bulletins.EndAsync(
            tracked, options.Clock.GetUtcNow(), Answers.Origin(context.Request), context.RequestAborted);
        var (status, body) = form.Polled(ended);
        await Answers.WriteAsync(context, body, status);
    }
}
