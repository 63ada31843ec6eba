using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Hosting;
using AtlasActors.Simulator;
using Serilog.Events;

namespace AtlasActors.Host.Commands;

/// <summary>Runs a command, and turns whatever it throws into a sentence and an exit code.</summary>
internal static class CommandAction
{
    /// <summary>Makes <paramref name="work"/> what the command does.</summary>
    public static void Set(Command command, Shell shell, Func<ParseResult, Task<ExitCode>> work) =>
        command.SetAction(async parse => (int)await RunAsync(parse, shell, work).ConfigureAwait(false));

    /// <summary>Tells a fault in the way that the command was asked to.</summary>
    public static ExitCode Tell(
        Shell shell, bool json, ExitCode code, string message, string fileName = "",
        IReadOnlyList<FileFault>? faults = null)
    {
        if (json)
        {
            Json.Write(shell.Out, JsonError.Of(message, code, faults ?? []));
            return code;
        }
        foreach (var fault in faults ?? [])
            shell.Error.WriteLine(Texts.Lines(fault.In(fileName)));
        shell.Error.WriteLine(Texts.Lines(message));
        return code;
    }

    private static async Task<ExitCode> RunAsync(ParseResult parse, Shell shell, Func<ParseResult, Task<ExitCode>> work)
    {
        var json = CommonOptions.IsJson(parse);
        try
        {
            return await work(parse).ConfigureAwait(false);
        }
        catch (CommandException e)
        {
            return Tell(shell, json, e.Code, e.Message, e.FileName, e.Faults);
        }
        catch (OperationCanceledException) when (shell.Interrupts.Requested.IsCancellationRequested)
        {
            return Tell(shell, json, ExitCode.Interrupted, "Stopped before anything was sent.");
        }
        catch (Exception e) when (e is BatchException or SimulatorStartException)
        {
            Detail(shell, parse, e);
            return Tell(shell, json, e is BudgetException ? ExitCode.BudgetReached : ExitCode.Fault, e.Message);
        }
        catch (Exception e)
        {
            Detail(shell, parse, e);
            return Tell(shell, json, ExitCode.Fault, Sentence(e));
        }
    }

    private static string Sentence(Exception e) => e is IOException or UnauthorizedAccessException
        ? $"{e.Message} (--log-level debug shows the details.)"
        : $"Something unexpected went wrong: {Texts.OneLine(e.Message)} (--log-level debug shows the details.)";

    private static void Detail(Shell shell, ParseResult parse, Exception e)
    {
        var settings = CommonOptions.Logs(parse);
        if (settings.Level > LogEventLevel.Debug)
            return;
        var (logger, _) = LogOutput.Create(shell.Error, settings);
        using (logger)
            logger.Debug(e, "The command {Command} ended early", parse.CommandResult.Command.Name);
    }
}
