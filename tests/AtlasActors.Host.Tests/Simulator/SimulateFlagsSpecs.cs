using System.CommandLine;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AtlasActors.Host.Commands;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

/// <summary>The flags of <c>simulate</c>, and the page that lists them.</summary>
public sealed partial class SimulateFlagsSpecs : IDisposable
{
    private readonly ScriptedProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("--price", "google/imagen4")]
    [InlineData("--price", "google/imagen4=much")]
    [InlineData("--price", "=1")]
    [InlineData("--address", "localhost")]
    [InlineData("--webhook-fault", "loud")]
    [InlineData("--webhook-attempts", "0")]
    [InlineData("--per-minute", "0")]
    [InlineData("--drop", "2")]
    [InlineData("--form", "newest")]
    public async Task A_flag_out_of_order_exits_with_2(string flag, string value)
    {
        Assert.Equal(2, await _program.RunAsync("simulate", flag, value));
        Assert.NotEmpty(_program.Errors);
    }

    [Fact]
    public void Without_flags_the_options_are_the_usual_ones()
    {
        var (options, faults) = Parse();

        Assert.Equal(
            new SimulatorOptions { Prices = options.Prices, Keys = options.Keys }, options);
        Assert.Empty(options.Prices);
        Assert.Empty(options.Keys);
        Assert.Equal(new FaultOptions(), faults);
    }

    [Fact]
    public void Flags_become_options()
    {
        var (options, faults) = Parse(
            "--form", "prediction-id", "--strict", "--vary-statuses", "--address", "0.0.0.0", "--per-minute", "30",
            "--price", "google/imagen4=0.05", "--price", "xai/tts-v1=1", "--price", "Google/Imagen4=0.07",
            "--price-delay", "90", "--warm-up", "0.5", "--sync-wait", "5", "--output-hours", "2",
            "--private-webhooks", "--webhook-attempts", "7", "--webhook-retry", "0.1", "--402-as-200",
            "--rate-402", "0.1", "--drop", "0.2", "--poll-rate-429", "0.3", "--rate-502", "0.4",
            "--timeout-rate", "0.5", "--moderation-rate", "0.6", "--empty-rate", "0.7", "--no-price-rate", "0.8",
            "--expired-rate", "0.9", "--cut-rate", "1", "--webhook-fault", "unknown-key");

        Assert.Equal(
            new SimulatorOptions
            {
                Form = AnswerForm.PredictionId,
                Strict = true,
                VariedStatuses = true,
                Address = IPAddress.Any,
                RateLimit = new RateLimit(30, TimeSpan.FromMinutes(1)),
                PriceDelay = TimeSpan.FromSeconds(90),
                WarmUp = TimeSpan.FromSeconds(0.5),
                SyncMaxWait = TimeSpan.FromSeconds(5),
                OutputLifetime = TimeSpan.FromHours(2),
                AllowPrivateWebhooks = true,
                WebhookAttempts = 7,
                WebhookRetryDelay = TimeSpan.FromSeconds(0.1),
                Prices = options.Prices,
                Keys = options.Keys,
            },
            options);
        Assert.Equal((0.07m, 1m), (options.Prices["google/imagen4"], options.Prices["xai/tts-v1"]));
        Assert.Equal(
            new FaultOptions
            {
                PaymentRefusal = PaymentRefusal.Ok,
                PaymentRefusedRate = 0.1,
                SubmitDroppedRate = 0.2,
                Poll429Rate = 0.3,
                Poll502Rate = 0.4,
                TimedOutRate = 0.5,
                ModeratedRate = 0.6,
                EmptyRate = 0.7,
                NoPriceRate = 0.8,
                ExpiredOutputRate = 0.9,
                DownloadCutRate = 1,
                Webhook = WebhookFault.UnknownKey,
            },
            faults);
    }

    [Fact]
    public void The_page_lists_every_flag_and_no_other()
    {
        var listed = FlagRow().Matches(Page()).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(Flags().Select(flag => flag.Name).Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void The_page_lists_every_word_of_a_prompt_and_no_other()
    {
        var listed = MarkerRow().Matches(Page()).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.Equal(PromptMarkers.Words.Keys.Order(StringComparer.Ordinal), listed);
    }

    private static IEnumerable<Option> Flags() => new SimulatedService().All.Concat(new SimulatedFaults().All);

    private static (SimulatorOptions Options, FaultOptions Faults) Parse(params string[] args)
    {
        var (service, faults) = (new SimulatedService(), new SimulatedFaults());
        var command = new Command("simulate");
        foreach (var option in service.All.Concat(faults.All)) command.Add(option);
        var parse = command.Parse(args);
        Assert.Empty(parse.Errors);
        return (service.Read(parse, path => path), faults.Read(parse));
    }

    private static string Page([CallerFilePath] string here = "") => File.ReadAllText(
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "simulator.md"));

    [GeneratedRegex(@"^\| `(--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex FlagRow();

    [GeneratedRegex(@"^\| `\[([a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex MarkerRow();
}
