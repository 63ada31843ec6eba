using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says where a prediction stands.</summary>
internal sealed class PollEndpoint(
    SimulatorOptions options, IAnswerForm form, PredictionBook book, SeenTraffic seen, Bulletins bulletins)
{
    public async Task PollAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var tracked = book.Find(id);
        var poll = seen.CountPoll(tracked);
        if (FaultOf(tracked, poll) is { } fault)
        {
            await fault(context);
            return;
        }

        var now = options.Clock.GetUtcNow();
        if (tracked is null || !IsKnown(tracked, Doorkeeper.AccountOf(context), poll, now))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "prediction not found");
            return;
        }

        var polled = await bulletins.AtAsync(tracked, now, Answers.Origin(context.Request), context.RequestAborted);
        var (status, body) = form.Polled(polled);
        await Answers.WriteAsync(context, body, status);
    }

    private bool IsKnown(TrackedPrediction tracked, string account, int poll, DateTimeOffset now) =>
        tracked.Prediction.Account == account
        && now >= tracked.Prediction.AcceptedAt + options.WarmUp
        && now < tracked.Prediction.ForgottenAt
        && !tracked.Markers.Hits(PromptMarker.Poll404, poll);

    private RequestDelegate? FaultOf(TrackedPrediction? tracked, int poll)
    {
        var (faults, number) = (options.Faults, tracked?.Prediction.Number ?? 0);
        if (Ordered(PromptMarker.Poll502) || Hits(faults.Poll502Rate, ChancePurpose.Poll502))
            return context => Answers.WriteGatewayPageAsync(context, StatusCodes.Status502BadGateway);
        if (Hits(faults.Poll503Rate, ChancePurpose.Poll503))
            return context => Answers.WriteGatewayPageAsync(context, StatusCodes.Status503ServiceUnavailable);
        if (Ordered(PromptMarker.Poll429) || Hits(faults.Poll429Rate, ChancePurpose.Poll429))
            return context => Answers.RefuseAsync(
                context, StatusCodes.Status429TooManyRequests, "rate limit exceeded");
        return null;

        bool Ordered(PromptMarker marker) => tracked?.Markers.Hits(marker, poll) == true;
        bool Hits(double rate, ChancePurpose purpose) => Chance.Hits(rate, options.Seed, purpose, number, poll);
    }
}
