using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>run FILE</c>: does a batch from the file to the results, or goes on with it.</summary>
internal sealed class RunCommand : Command
{
    private readonly Argument<string> _file = BatchFileInput.Argument();

    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "Rehearse with the built-in simulator: no key, no account, no cost.",
    };

    private readonly Option<string?> _outputDir = new("--output-dir", "-o")
    {
        Description = "Where the results go, instead of the file's output_dir.", HelpName = "DIR",
    };

    private readonly Option<int?> _maxWorkers = CommonOptions.Whole(
        "--max-workers", "N", "How many generations may run at once, instead of the file's max_workers.", 1, 1000);

    private readonly Option<Usd?> _maxCost = CommonOptions.Money(
        "--max-cost", "The most that may be spent; what would go over it is not submitted.");

    private readonly Option<bool> _new = new("--new")
    {
        Description = "Begin a new batch even where the output folder has one.",
    };

    public RunCommand(Shell shell) : base("run", "Generate what a batch file asks for, or go on with it where it was.")
    {
        Add(_file);
        Add(_simulate);
        Add(_speed);
        Add(_outputDir);
        Add(_maxWorkers);
        Add(_maxCost);
        Add(_new);
        OutputChoice.AddTo(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var output = OutputChoice.Of(parse);
        var definition = ReadFile(shell, parse, output);
        ApiChoice api = parse.GetValue(_simulate)
            ? new ApiChoice.Simulated(parse.GetValue(_speed))
            : ApiChoice.Real.Of(new Variables(shell.Environment, shell.WorkingDirectory));
        var folder = StateFolder.Of(definition.OutputDir, shell.WorkingDirectory);

        var interrupted = shell.Interrupts.Claim();
        folder.Make();
        using var held = FolderLock.Take(folder);
        var session = await BatchSession.OpenAsync(shell, folder, api, output.Logs, interrupted).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var current = await session.CurrentAsync(interrupted).ConfigureAwait(false);
            var decision = RunDecision.For(
                current, BatchFingerprint.Of(definition), api.EndpointName, parse.GetValue(_new), folder.Shown);
            var work = new BatchWork(shell, session, folder, output, definition.Skipped);
            return await DoAsync(shell, output, work, decision, definition, parse.GetValue(_maxCost), interrupted)
                .ConfigureAwait(false);
        }
    }

    private BatchDefinition ReadFile(Shell shell, ParseResult parse, OutputChoice output)
    {
        var definition = BatchFileInput
            .Read(shell, parse.GetRequiredValue(_file), output.Quiet).Definition;
        return definition with
        {
            OutputDir = parse.GetValue(_outputDir) ?? definition.OutputDir,
            MaxWorkers = parse.GetValue(_maxWorkers) ?? definition.MaxWorkers,
        };
    }

    private static async Task<ExitCode> DoAsync(
        Shell shell, OutputChoice output, BatchWork work, RunDecision decision, BatchDefinition definition, Usd? budget,
        CancellationToken interrupted)
    {
        switch (decision)
        {
            case RunDecision.Start:
                output.Say(shell, Heading(definition));
                foreach (var skipped in shell.Screen is null ? definition.Skipped : [])
                    output.Say(shell, JobLine.Of(skipped));
                return await work.DoAsync(
                    null, batches => batches.StartAsync(definition, budget, CancellationToken.None), interrupted)
                    .ConfigureAwait(false);
            case RunDecision.GoOn { Batch: var batch }:
                output.Say(shell, $"Going on with {batch.Source}: {RunDecision.Progress(batch)}.");
                return await work.DoAsync(
                    batch, batches => batches.ResumeAsync(batch.Id, CancellationToken.None), interrupted)
                    .ConfigureAwait(false);
            case RunDecision.AlreadyDone { Batch: var batch }:
                return await work.TellAsync(
                    batch, "Nothing was sent: this batch was done before. --new generates it again.").ConfigureAwait(false);
            case RunDecision.Refuse { Sentence: var sentence }:
                throw new CommandException(ExitCode.BadUsage, sentence);
            default:
                throw new InvalidOperationException($"No way to do {decision}.");
        }
    }

    private static string Heading(BatchDefinition definition) =>
        $"{definition.Source}: {Texts.Count(definition.Jobs.Count, "job")}, {Texts.ShortMoney(definition.Price)} expected, "
        + FormattableString.Invariant($"{definition.MaxWorkers} at once, into {definition.OutputDir}");
}
