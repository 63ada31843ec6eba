using System.CommandLine;
using AtlasActors.Simulator;

namespace AtlasActors.Host.Commands;

/// <summary>The options of <c>simulate</c> that order trouble.</summary>
internal sealed class SimulatedFaults
{
    private readonly Option<double> _rate429 = CommonOptions.Share(
        "--rate-429", "The share of submissions that is answered with 429.");

    private readonly Option<double> _rate402 = CommonOptions.Share(
        "--rate-402", "The share of submissions that is answered as if it could not be paid.");

    private readonly Option<bool> _unpaidAs200 = new("--402-as-200")
    {
        Description = "Tell of what cannot be paid by HTTP 200 with the code 402 in the body.",
    };

    private readonly Option<double> _drop = CommonOptions.Share(
        "--drop", "The share of submissions whose connection breaks before anything is read.");

    private readonly Option<double> _lost = CommonOptions.Share(
        "--lost", "The share of submissions that is taken, and whose answer is lost.");

    private readonly Option<double> _pollRate429 = CommonOptions.Share(
        "--poll-rate-429", "The share of polls that is answered with 429.");

    private readonly Option<double> _rate502 = CommonOptions.Share(
        "--rate-502", "The share of polls that is answered with a 502 page.");

    private readonly Option<double> _rate503 = CommonOptions.Share(
        "--rate-503", "The share of polls that is answered with a 503 page.");

    private readonly Option<double> _failRate = CommonOptions.Share(
        "--fail-rate", "The share of generations that fails.");

    private readonly Option<bool> _failAs500 = new("--fail-as-500")
    {
        Description = "Tell of failed generations by HTTP 500, as the live service often does.",
    };

    private readonly Option<double> _timeoutRate = CommonOptions.Share(
        "--timeout-rate", "The share of generations that ends with the status timeout.");

    private readonly Option<double> _moderationRate = CommonOptions.Share(
        "--moderation-rate", "The share of generations that moderation refuses.");

    private readonly Option<double> _emptyRate = CommonOptions.Share(
        "--empty-rate", "The share of generations that completes without outputs, and is charged.");

    private readonly Option<double> _noPriceRate = CommonOptions.Share(
        "--no-price-rate", "The share of predictions whose price is never told.");

    private readonly Option<double> _expiredRate = CommonOptions.Share(
        "--expired-rate", "The share of predictions whose outputs are gone from the start.");

    private readonly Option<double> _cutRate = CommonOptions.Share(
        "--cut-rate", "The share of downloads that breaks off half way.");

    private readonly Option<bool> _cutDownloads = new("--cut-downloads")
    {
        Description = "Break off the first download of each output half way.",
    };

    private readonly Option<string> _webhookFault = CommonOptions.Words(
        "--webhook-fault", "What is wrong with the calls to webhook_url.",
        "none", "none", "twice", "late", "forged", "skewed", "unknown-key", "never");

    /// <summary>Every option, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        _rate429, _rate402, _unpaidAs200, _drop, _lost, _pollRate429, _rate502, _rate503, _failRate, _failAs500,
        _timeoutRate, _moderationRate, _emptyRate, _noPriceRate, _expiredRate, _cutRate, _cutDownloads, _webhookFault,
    ];

    public FaultOptions Read(ParseResult parse) => new()
    {
        SubmitRefusedRate = parse.GetValue(_rate429),
        PaymentRefusedRate = parse.GetValue(_rate402),
        PaymentRefusal = parse.GetValue(_unpaidAs200) ? PaymentRefusal.Ok : PaymentRefusal.PaymentRequired,
        SubmitDroppedRate = parse.GetValue(_drop),
        SubmitLostRate = parse.GetValue(_lost),
        Poll429Rate = parse.GetValue(_pollRate429),
        Poll502Rate = parse.GetValue(_rate502),
        Poll503Rate = parse.GetValue(_rate503),
        FailedGenerationRate = parse.GetValue(_failRate),
        FailureTransport = parse.GetValue(_failAs500) ? FailureTransport.InternalServerError : FailureTransport.Ok,
        TimedOutRate = parse.GetValue(_timeoutRate),
        ModeratedRate = parse.GetValue(_moderationRate),
        EmptyRate = parse.GetValue(_emptyRate),
        NoPriceRate = parse.GetValue(_noPriceRate),
        ExpiredOutputRate = parse.GetValue(_expiredRate),
        DownloadCutRate = parse.GetValue(_cutRate),
        CutFirstDownloads = parse.GetValue(_cutDownloads),
        Webhook = Enum.Parse<WebhookFault>(
            parse.GetRequiredValue(_webhookFault).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
    };
}
