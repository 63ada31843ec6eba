using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>resume [DIR]</c>: goes on with the batch of a folder.</summary>
internal sealed class ResumeCommand : Command
{
    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "The output folder. Default: the working directory if it has a batch, else pipeline_output.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ResumeCommand(Shell shell) : base("resume", "Go on with the batch of an output folder where it was.")
    {
        Add(_folder);
        Add(_speed);
        OutputChoice.AddTo(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var output = OutputChoice.Of(parse);
        var folder = StateFolder.Existing(parse.GetValue(_folder), shell.WorkingDirectory);
        var earlier = new EarlierBatch(shell, folder, output, parse.GetValue(_speed));
        return earlier.OpenAsync(async (work, batch, interrupted) =>
        {
            if (RunDecision.IsDone(batch))
                return await work.TellAsync(batch, "Nothing was left to do.").ConfigureAwait(false);
            output.Say(shell, $"Going on with {batch.Source}: {RunDecision.Progress(batch)}.");
            if (RunDecision.Continued(batch) is { } continued)
                output.Say(shell, continued);
            return await work.DoAsync(
                batch, batches => batches.ResumeAsync(batch.Id, CancellationToken.None), interrupted)
                .ConfigureAwait(false);
        });
    }
}
