using System.CommandLine;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using Spectre.Console;

namespace AtlasActors.Host.Commands;

/// <summary>How a command that works on a batch tells of it.</summary>
/// <param name="Json">One document at the end.</param>
/// <param name="Quiet">One line, and only when something did not succeed.</param>
/// <param name="Logs">What is logged.</param>
internal sealed record OutputChoice(bool Json, bool Quiet, LogSettings Logs)
{
    public static void AddTo(Command command)
    {
        command.Options.Add(CommonOptions.Json());
        command.Options.Add(CommonOptions.Quiet());
        CommonOptions.AddLogs(command);
    }

    public static OutputChoice Of(ParseResult parse) => new(
        CommonOptions.IsJson(parse), CommonOptions.IsQuiet(parse), CommonOptions.Logs(parse));

    /// <summary>Says something that is neither a result nor a fault.</summary>
    public void Say(Shell shell, string sentence)
    {
        if (Json || Quiet)
            return;
        shell.Out.WriteLine(sentence);
        shell.Out.Flush();
    }

    /// <summary>The one that tells while the batch runs.</summary>
    public IRunReporter Reporter(Shell shell, LogOutput logs)
    {
        if (Json || Quiet)
            return new SilentReporter();
        if (shell.Screen is not { } screen || !ProgressScreen.Fits(screen))
            return new LineReporter(shell.Out);
        shell.Interrupts.BeforeExit(() => screen.Cursor.Show(show: true));
        return new ProgressScreen(screen, shell.Clock, shell.ErrorIsScreen ? logs : null);
    }

    /// <summary>Tells what came of it. <paramref name="message"/>, a sentence, comes after.</summary>
    public void Write(Shell shell, RunReport report, string? message = null)
    {
        if (Json)
        {
            Rendering.Json.Write(shell.Out, JsonReport.Of(report, message, report.ExitCode));
            return;
        }
        if (Quiet)
        {
            if (report.ExitCode != ExitCode.Succeeded)
                shell.Error.WriteLine(Summary.Line(report));
            return;
        }
        shell.Out.Write(Summary.Of(report));
        if (message is not null)
            shell.Out.WriteLine(message);
        shell.Out.Flush();
    }
}
