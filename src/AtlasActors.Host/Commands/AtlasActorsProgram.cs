using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary>The program: its commands, and what it does with a command line that is not in order.</summary>
internal static class AtlasActorsProgram
{
    private const string Description =
        "Turns a file of prompts into AI images, videos, sounds and 3D models through the Atlas Cloud media API: no job "
        + "is lost, and none is paid for twice.";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell)
    {
        var parse = Commands(shell).Parse(args);
        var invocation = new InvocationConfiguration
        {
            Output = shell.Out,
            Error = shell.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are Interrupts' alone.
            ProcessTerminationTimeout = null,
        };
        if (parse.Errors.Count == 0 || parse.Action is not ParseErrorAction refusal)
            return await parse.InvokeAsync(invocation).ConfigureAwait(false);
        if (args.Contains(CommonOptions.JsonName))
            return (int)CommandAction.Tell(
                shell, json: true, ExitCode.BadUsage, string.Join(' ', parse.Errors.Select(error => error.Message)));
        refusal.ShowHelp = parse.CommandResult.Command is RootCommand;
        await parse.InvokeAsync(invocation).ConfigureAwait(false);
        return (int)ExitCode.BadUsage;
    }

    private static RootCommand Commands(Shell shell)
    {
        var root = new RootCommand(Description)
        {
            new RunCommand(shell),
            new ValidateCommand(shell),
            new EstimateCommand(shell),
            new CostsCommand(shell),
            new BalanceCommand(shell),
            new ResumeCommand(shell),
            new RetryCommand(shell),
            new RefetchCommand(shell),
            new StatusCommand(shell),
            new ServeCommand(shell),
            new SubmitCommand(shell),
            new WatchCommand(shell),
            new CancelCommand(shell),
            new KeysCommand(shell),
            new SchedulesCommand(shell),
            new WebhooksCommand(shell),
            new SimulateCommand(shell),
            new ModelsCommand(shell),
            new UploadCommand(shell),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
