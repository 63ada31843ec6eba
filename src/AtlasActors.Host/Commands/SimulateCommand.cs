using System.CommandLine;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Simulator;

namespace AtlasActors.Host.Commands;

/// <summary><c>simulate</c>: a local Atlas Cloud, until Ctrl-C.</summary>
internal sealed class SimulateCommand : Command
{
    private readonly Option<int?> _port = CommonOptions.Whole(
        "--port", "P", "The port to listen on; without it the system chooses a free one.", 0, 65535);

    private readonly Option<double> _speed = CommonOptions.Positive(
        "--speed", "X", "How many times faster than life generations are.", 1);

    private readonly Option<string> _form = CommonOptions.Words(
        "--form", "Whose answers to give: the real API's, the tutorial's, or the reference page's.",
        "real", "real", "tutorial", "reference");

    private readonly Option<string[]> _key = new("--key")
    {
        Description = "A key to let in, once for each; without it, any key.", HelpName = "KEY",
    };

    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "A file that remembers what was submitted, so that a restart forgets nothing.", HelpName = "FILE",
    };

    private readonly Option<int?> _maxInFlight = CommonOptions.Whole(
        "--max-in-flight", "N", "How many generations of a key may run at once; one more is answered with 429.",
        1, 1_000_000);

    private readonly Option<Usd?> _balance = CommonOptions.Money(
        "--balance", "What each key has to spend; what it cannot pay is answered with 402.");

    private readonly Option<int?> _seed = CommonOptions.Whole(
        "--seed", "N", "Decides what is left to chance; the same seed behaves the same.", 0, int.MaxValue);

    private readonly Option<double> _rate429 = CommonOptions.Share(
        "--rate-429", "The share of submissions that is answered with 429.");

    private readonly Option<double> _rate503 = CommonOptions.Share(
        "--rate-503", "The share of polls that is answered with a 503 page.");

    private readonly Option<double> _lost = CommonOptions.Share(
        "--lost", "The share of submissions that is taken, and whose answer is lost.");

    private readonly Option<double> _failRate = CommonOptions.Share(
        "--fail-rate", "The share of generations that fails.");

    private readonly Option<bool> _failAs500 = new("--fail-as-500")
    {
        Description = "Tell of failed generations by HTTP 500, as the live service often does.",
    };

    private readonly Option<bool> _cutDownloads = new("--cut-downloads")
    {
        Description = "Break off the first download of each output half way.",
    };

    public SimulateCommand(Shell shell) : base("simulate", "Run a local Atlas Cloud to rehearse with, until Ctrl-C.")
    {
        Add(_port);
        Add(_speed);
        Add(_form);
        Add(_key);
        Add(_journal);
        Add(_maxInFlight);
        Add(_balance);
        Add(_seed);
        Add(_rate429);
        Add(_rate503);
        Add(_lost);
        Add(_failRate);
        Add(_failAs500);
        Add(_cutDownloads);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var interrupted = shell.Interrupts.Claim();
        var options = SimulatorOptions(shell, parse);
        var simulator = await AtlasSimulator.StartAsync(options, interrupted).ConfigureAwait(false);
        await using (simulator.ConfigureAwait(false))
        {
            var key = options.Keys.Count > 0 ? options.Keys[0] : "simulated";
            shell.Out.WriteLine($"A local Atlas Cloud answers at {simulator.BaseUrl}; Ctrl-C ends it. To use it:");
            shell.Out.WriteLine(
                $"export {Endpoint.Variable}={simulator.BaseUrl} {ApiKey.Names[0]}={ShellWord.Of(key)}");
            shell.Out.Flush();
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            shell.Out.WriteLine(
                $"It took {Texts.Count(simulator.Seen.Submissions.Count, "submission")} "
                + $"and charged {Texts.Money(new Usd(simulator.Seen.Charged))}.");
        }
        return ExitCode.Succeeded;
    }

    private SimulatorOptions SimulatorOptions(Shell shell, ParseResult parse) => new()
    {
        Form = Enum.Parse<AnswerForm>(parse.GetRequiredValue(_form), ignoreCase: true),
        Port = parse.GetValue(_port) ?? 0,
        Speed = parse.GetValue(_speed),
        Seed = parse.GetValue(_seed) ?? 1,
        Keys = parse.GetValue(_key) ?? [],
        MaxInFlight = parse.GetValue(_maxInFlight),
        Balance = parse.GetValue(_balance)?.Amount,
        JournalFile = parse.GetValue(_journal) is { } journal ? shell.FullPath(journal) : null,
        Faults = new FaultOptions
        {
            SubmitRefusedRate = parse.GetValue(_rate429),
            SubmitLostRate = parse.GetValue(_lost),
            Poll503Rate = parse.GetValue(_rate503),
            FailedGenerationRate = parse.GetValue(_failRate),
            FailureTransport = parse.GetValue(_failAs500) ? FailureTransport.InternalServerError : FailureTransport.Ok,
            CutFirstDownloads = parse.GetValue(_cutDownloads),
        },
    };
}
