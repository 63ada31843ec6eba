using System.CommandLine;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Commands;

/// <summary><c>refetch [DIR]</c>: brings files back that were deleted, from where Atlas keeps them.</summary>
internal sealed class RefetchCommand : Command
{
    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Argument<string?> _folder = new("DIR")
    {
        Description = "The output folder. Default: the working directory if it has a batch, else pipeline_output.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "Read every file, and fetch those again whose content has changed, too.",
    };

    public RefetchCommand(Shell shell)
        : base("refetch", "Fetch files again that are not there any more: nothing is generated, nothing is paid.")
    {
        Add(_folder);
        Add(_verify);
        Add(_speed);
        OutputChoice.AddTo(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var output = OutputChoice.Of(parse);
        var verify = parse.GetValue(_verify);
        var folder = StateFolder.Existing(parse.GetValue(_folder), shell.WorkingDirectory);
        var earlier = new EarlierBatch(shell, folder, output, parse.GetValue(_speed));
        return earlier.OpenAsync((work, batch, interrupted) =>
        {
            output.Say(shell, $"Looking for the files of {Texts.Count(batch.Count(JobStage.Succeeded), "job")} of {batch.Source}.");
            return work.DoAsync(
                batch, batches => batches.RefetchAsync(batch.Id, verify, CancellationToken.None), interrupted,
                whenNothingIsToBeDone: "Nothing was fetched: every file is in its place.");
        });
    }
}
