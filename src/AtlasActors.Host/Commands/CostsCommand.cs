using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>costs [DIR]</c>: what a folder's batches cost, and with <c>--reconcile</c> what Atlas says of it.</summary>
internal sealed class CostsCommand : Command
{
    // Four questions at once for a minute are some thousands; what is left is asked for by the next call.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "The output folder. Default: the working directory if it has a batch, else pipeline_output.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _reconcile = new("--reconcile")
    {
        Description = "Set it beside what Atlas Cloud lists as charged on the same days.",
    };

    public CostsCommand(Shell shell)
        : base("costs", "Tell what the batches of an output folder cost, by model and by day.")
    {
        Add(_folder);
        Add(_reconcile);
        Add(CommonOptions.Json());
        CommonOptions.AddLogs(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var folder = StateFolder.Existing(parse.GetValue(_folder), shell.WorkingDirectory);
        var desk = new CostsDesk(shell, folder, CommonOptions.Logs(parse));
        var interrupted = shell.Interrupts.Claim();
        var result = await desk.WorkAsync(parse.GetValue(_reconcile), Patience, interrupted).ConfigureAwait(false);
        if (CommonOptions.IsJson(parse))
            Json.Write(shell.Out, CostsDocument.Of(result));
        else
            shell.Out.Write(CostsText.Of(result));
        return result.Comparison?.Trouble?.Code ?? ExitCode.Succeeded;
    }
}
