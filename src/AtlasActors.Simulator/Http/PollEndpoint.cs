using AtlasActors.Simulator.Predictions;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Says where a prediction stands.</summary>
internal sealed class PollEndpoint(SimulatorOptions options, IAnswerForm form, PredictionBook book, SeenTraffic seen)
{
    public Task PollAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var prediction = book.Find(id);
        // What nobody submitted is counted under one name, or any stray address would stay in memory.
        var poll = seen.CountPoll(prediction is null ? "" : id);
        var now = options.Clock.GetUtcNow();
        if (Chance.Hits(options.Faults.Poll503Rate, options.Seed, ChancePurpose.Poll503, prediction?.Number ?? 0, poll))
            return Answers.WriteGatewayPageAsync(context);
        if (prediction is null || prediction.Account != Doorkeeper.AccountOf(context)
            || now < prediction.AcceptedAt + options.WarmUp)
            return Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "prediction not found");

        var polled = new PolledPrediction(
            prediction, prediction.IsDone(now), now >= prediction.DoneAt + options.PriceDelay,
            Answers.Origin(context.Request));
        var (status, body) = form.Polled(polled);
        return Answers.WriteAsync(context, body, status);
    }
}
