using System.Net.Sockets;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace AtlasActors.Atlas;

/// <summary>What it means that no whole answer came.</summary>
internal sealed class TransportFaults(AtlasApiOptions options)
{
    private const string InDoubt = "It is not known whether Atlas Cloud took the job";
    private readonly ServerText _texts = new(options.ApiKey);

    /// <summary>Whether this is the network's or the server's fault, and not ours or the caller's wish.</summary>
    public static bool Covers(Exception fault) =>
        fault is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException;

    /// <summary>
    /// A submission without an answer: only one of which nothing was sent is known not to have been taken.
    /// </summary>
    public SubmitAnswer OfSubmit(Exception fault, bool sent)
    {
        if (sent)
            return new SubmitAnswer.Unknown(Failure($"{InDoubt}: {Cause(fault)}.", fault));
        return new SubmitAnswer.NotTaken(NotReached(fault), Wait(fault));
    }

    /// <summary>A poll without an answer: nothing is known, and nothing is lost.</summary>
    public PollAnswer OfPoll(Exception fault) => new PollAnswer.Unanswered(NotReached(fault), Wait(fault));

    /// <summary>A call that costs nothing, without an answer.</summary>
    public FreeAnswer<T> OfFree<T>(Exception fault) => new FreeAnswer<T>.Unanswered(NotReached(fault), Wait(fault));

    /// <summary>What happened, as the end of a sentence.</summary>
    public static string Cause(Exception fault) => fault switch
    {
        TimeoutRejectedException late => $"there was no answer within {late.Timeout.TotalSeconds:0.#} s",
        HttpRequestException request => Cause(request.HttpRequestError, request.InnerException),
        HttpIOException broken => Cause(broken.HttpRequestError, broken.InnerException),
        _ => "the connection broke off",
    };

    private static string Cause(HttpRequestError? error, Exception? inner) => error switch
    {
        HttpRequestError.NameResolutionError => "the host's name is not known to the network",
        HttpRequestError.ConnectionError => inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
            ? "the connection was refused"
            : "no connection could be made",
        HttpRequestError.SecureConnectionError => "no secure connection could be made (check the certificate)",
        HttpRequestError.ProxyTunnelError => "the proxy did not let the connection through",
        HttpRequestError.ResponseEnded => "the connection ended before the whole answer had come",
        HttpRequestError.InvalidResponse => "the answer was not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "the answer was too long",
        _ => "the connection broke off",
    };

    private AtlasFailure NotReached(Exception fault) => fault is BrokenCircuitException open
        ? Failure($"Atlas Cloud at {Host} is left alone for a moment: {WhyOpen(open)}.", fault)
        : Failure($"Atlas Cloud at {Host} could not be asked: {Cause(fault)}.", fault);

    private AtlasFailure Failure(string message, Exception fault) =>
        new(message, RequestId: _texts.Id(RequestTrace.Of(fault)));

    /// <summary>The circuit opens at a fault, or at an answer that tells of an outage.</summary>
    private static string WhyOpen(BrokenCircuitException open) => open.InnerException is { } fault && Covers(fault)
        ? $"for a while {Cause(fault)}"
        : "it has not answered for a while";

    private TimeSpan? Wait(Exception fault) =>
        fault is BrokenCircuitException broken ? broken.RetryAfter ?? options.BreakDuration : null;

    private string Host => options.BaseUrl.Authority;
}
