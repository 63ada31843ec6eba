using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AtlasActors.Atlas;

/// <summary>How the client stands an API that is slow, flaky or down. One circuit breaker for all its calls.</summary>
internal sealed class AtlasResilience
{
    /// <summary>
    /// How long a submission may wait for its place, in time-outs. With the time-out itself it is less than
    /// <see cref="Hosting.AtlasSettings.PatiencePerTimeout"/>, after which nobody waits for the answer any more.
    /// </summary>
    internal const double WaitPerTimeout = 0.4;

    public AtlasResilience(AtlasApiOptions options, TimeProvider clock, Func<double> chance)
    {
        var time = new SteadyTime(clock);
        var breaker = Pipeline(time).AddCircuitBreaker(Breaker(options)).Build();
        Submit = Pipeline(time)
            .AddStrategy(_ => new RequestPlaces(options.MostSubmissions, options.SubmitTimeout * WaitPerTimeout, time))
            .AddPipeline(breaker).AddTimeout(options.SubmitTimeout).Build();
        Upload = Pipeline(time)
            .AddStrategy(_ => new RequestPlaces(options.MostUploads, null, time))
            .AddPipeline(breaker).AddTimeout(options.UploadTimeout).Build();
        var poll = Pipeline(time);
        if (options.PollRetries > 0)
            poll.AddRetry(Retry(options, chance));
        Poll = poll
            .AddStrategy(_ => new RequestPlaces(options.MostQuestions, null, time))
            .AddPipeline(breaker).AddTimeout(options.PollTimeout).Build();
    }

    /// <summary>A place, circuit breaker and time-out. No retry: a second POST could be paid twice.</summary>
    public ResiliencePipeline<HttpAnswer> Submit { get; }

    /// <summary>A place, circuit breaker and time-out. No retry: the file has been read by then.</summary>
    public ResiliencePipeline<HttpAnswer> Upload { get; }

    /// <summary>
    /// For polls and all that may be asked twice: a few tries at once, each with its own place and time-out, each counted by
    /// the circuit breaker.
    /// </summary>
    public ResiliencePipeline<HttpAnswer> Poll { get; }

    /// <summary>A time-out alone: for a download's headers, and for each of its reads.</summary>
    public static ResiliencePipeline Within(TimeSpan limit, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(limit).Build();

    private static ResiliencePipelineBuilder<HttpAnswer> Pipeline(TimeProvider time) => new() { TimeProvider = time };

    private static CircuitBreakerStrategyOptions<HttpAnswer> Breaker(AtlasApiOptions options) => new()
    {
        FailureRatio = options.BreakerRatio,
        MinimumThroughput = options.BreakerThroughput,
        SamplingDuration = options.BreakerWindow,
        BreakDuration = options.BreakDuration,
        ShouldHandle = new PredicateBuilder<HttpAnswer>()
            .Handle<HttpRequestException>()
            .Handle<IOException>(IsTheNetworks)
            .Handle<TimeoutRejectedException>()
            .HandleResult(answer => answer.IsOutage),
    };

    // Not after a time-out: three in a row would hold a poll for a minute and a half.
    private static RetryStrategyOptions<HttpAnswer> Retry(AtlasApiOptions options, Func<double> chance) => new()
    {
        MaxRetryAttempts = options.PollRetries,
        Delay = options.PollRetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = chance,
        ShouldHandle = new PredicateBuilder<HttpAnswer>()
            .Handle<HttpRequestException>(
                fault => fault.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded)
            .Handle<IOException>(IsTheNetworks)
            .HandleResult(answer => answer.IsGatewaysAlone),
    };

    // An address that is refused is refused the next time too, and says nothing of the API.
    private static bool IsTheNetworks(IOException fault) => fault is not PrivateAddressException;
}
