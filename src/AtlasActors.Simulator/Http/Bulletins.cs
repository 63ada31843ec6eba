using System.Text.Json.Nodes;
using AtlasActors.Simulator.Predictions;

namespace AtlasActors.Simulator.Http;

/// <summary>Puts together what is told of a prediction, to whoever polls, waits or is called.</summary>
internal sealed class Bulletins(SimulatorOptions options, OutputShelf shelf)
{
    public PolledPrediction Accepted(TrackedPrediction tracked, string origin)
    {
        var words = StatusWords.Of(options, tracked.Prediction.Number);
        return new PolledPrediction(tracked.Prediction, false, false, origin, words.Initial);
    }

    /// <summary>What is told at a moment.</summary>
    public Task<PolledPrediction> AtAsync(
        TrackedPrediction tracked, DateTimeOffset now, string origin, CancellationToken cancellationToken)
    {
        if (tracked.Prediction.IsDone(now)) return EndAsync(tracked, now, origin, cancellationToken);
        var words = StatusWords.Of(options, tracked.Prediction.Number);
        return Task.FromResult(new PolledPrediction(
            tracked.Prediction, false, false, origin, words.BeforeEnd(options, tracked.Prediction, now)));
    }

    /// <summary>What is told once it has ended.</summary>
    public async Task<PolledPrediction> EndAsync(
        TrackedPrediction tracked, DateTimeOffset now, string origin, CancellationToken cancellationToken)
    {
        var prediction = tracked.Prediction;
        var words = StatusWords.Of(options, prediction.Number);
        return new PolledPrediction(
            prediction, true, IsPriceKnown(tracked, now), origin, words.AtEnd(prediction.Outcome))
        {
            Transport = TransportOf(tracked),
            Query = SignedLinks.Query(options),
            Inline = await InlineAsync(prediction, cancellationToken),
        };
    }

    private bool IsPriceKnown(TrackedPrediction tracked, DateTimeOffset now)
    {
        var (prediction, markers) = (tracked.Prediction, tracked.Markers);
        var answer = tracked.CountFinalPoll();
        return now >= prediction.DoneAt + options.PriceDelay
            && !markers.Has(PromptMarker.PriceNever)
            && !markers.Hits(PromptMarker.PriceLate, answer)
            && !Chance.Hits(
                options.Faults.NoPriceRate, options.Seed, ChancePurpose.NoPrice, prediction.Number);
    }

    private FailureTransport TransportOf(TrackedPrediction tracked)
    {
        var attempt = tracked.Prediction.Attempt;
        return tracked.Markers.Hits(PromptMarker.FailInternalServerError, attempt)
            ? FailureTransport.InternalServerError
            : tracked.Markers.Hits(PromptMarker.FailOk, attempt)
                ? FailureTransport.Ok
                : options.Faults.FailureTransport;
    }

    private async Task<JsonArray?> InlineAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        if (prediction.Terms is not { InlineOutputs: true } || !prediction.OutputNames().Any()) return null;
        var content = Convert.ToBase64String(await shelf.GetAsync(prediction, cancellationToken));
        var address = $"data:{OutputFormats.ContentType(prediction.Format)};base64,{content}";
        return AnswerForms.Strings(prediction.OutputNames().Select(_ => address));
    }
}
