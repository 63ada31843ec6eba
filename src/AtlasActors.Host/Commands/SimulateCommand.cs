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
    private readonly SimulatedService _service = new();
    private readonly SimulatedFaults _faults = new();

    public SimulateCommand(Shell shell) : base("simulate", "Run a local Atlas Cloud to rehearse with, until Ctrl-C.")
    {
        foreach (var option in _service.All.Concat(_faults.All))
            Add(option);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var interrupted = shell.Interrupts.Claim();
        var options = _service.Read(parse, shell.FullPath) with { Faults = _faults.Read(parse) };
        var simulator = await AtlasSimulator.StartAsync(options, interrupted).ConfigureAwait(false);
        await using (simulator.ConfigureAwait(false))
        {
            var key = options.Keys.Count > 0 ? options.Keys[0] : "simulated";
            shell.Out.WriteLine($"A local Atlas Cloud answers at {simulator.BaseUrl}; Ctrl-C ends it. To use it:");
            shell.Out.WriteLine(
                $"export {Endpoint.Variable}={simulator.BaseUrl} {ApiKey.Names[0]}={ShellWord.Of(key)}");
            shell.Out.WriteLine($"What it is asked: {new Uri(simulator.BaseUrl, "/")}");
            shell.Out.Flush();
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            shell.Out.WriteLine(
                $"It took {Texts.Count(simulator.Seen.Submissions.Count, "submission")} "
                + $"and charged {Texts.Money(new Usd(simulator.Seen.Charged))}.");
        }
        return ExitCode.Succeeded;
    }
}
