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

    private readonly Option<bool> _strict = CommonOptions.Strict();

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
        "--max-workers", "N", "How many generations may run at once, instead of the file's max_workers.", 1,
        BatchDefinition.MostWorkers);

    private readonly Option<Usd?> _maxCost = CommonOptions.Money(
        "--max-cost", "The most that may be spent; what would go over it is not submitted.");

    private readonly Option<bool> _live = CommonOptions.Live();

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
        Add(_live);
        Add(_new);
        Add(_strict);
        OutputChoice.AddTo(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var output = OutputChoice.Of(parse);
        var order = ReadOrder(shell, parse, output);
        ApiChoice api = parse.GetValue(_simulate)
            ? new ApiChoice.Simulated(parse.GetValue(_speed))
            : ApiChoice.Real.Of(new Variables(shell.Environment, shell.WorkingDirectory));
        var folder = StateFolder.Of(order.Definition.OutputDir, shell.WorkingDirectory);

        var interrupted = shell.Interrupts.Claim();
        folder.Make();
        using var held = FolderLock.Take(folder);
        var session = await BatchSession.OpenAsync(shell, folder, api, output.Logs, interrupted).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var current = await session.CurrentAsync(interrupted).ConfigureAwait(false);
            var decision = RunDecision.For(
                current, BatchFingerprint.Of(order.Definition), api.EndpointName, parse.GetValue(_new), folder.Shown);
            if (order.IsLive && decision is RunDecision.Start)
                order = await PricedAsync(shell, session, order, output, interrupted).ConfigureAwait(false);
            foreach (var sentence in Heading(decision, order))
                output.Say(shell, sentence);
            if (api is ApiChoice.Simulated { Speed: var speed } && decision is (RunDecision.Start or RunDecision.GoOn))
                output.Say(shell, FormattableString.Invariant(
                    $"A rehearsal: the simulator plays Atlas Cloud, {speed:0.##} times as fast, and nothing is spent."));
            var work = new BatchWork(shell, session, folder, output, order.Definition.Skipped);
            return await DoAsync(decision, order, work, interrupted).ConfigureAwait(false);
        }
    }

    private Order ReadOrder(Shell shell, ParseResult parse, OutputChoice output)
    {
        var file = parse.GetRequiredValue(_file);
        var definition = BatchFileInput
            .Read(shell, file, output.Quiet, parse.GetValue(_strict), BatchFileInput.FewWarnings).Definition;
        var workers = parse.GetValue(_maxWorkers);
        var budget = parse.GetValue(_maxCost);
        return new Order(
            definition with
            {
                OutputDir = parse.GetValue(_outputDir) ?? definition.OutputDir,
                MaxWorkers = workers ?? definition.MaxWorkers,
            },
            budget, workers is not null || budget is not null, parse.GetValue(_live));
    }

    /// <summary>The order with Atlas's own quotes for prices, which budget and reservations then go by.</summary>
    private static async Task<Order> PricedAsync(
        Shell shell, BatchSession session, Order order, OutputChoice output, CancellationToken interrupted)
    {
        using var account = session.OpenAccount(shell);
        var live = await LivePrices.AskAsync(account.Inquiries, order.Definition, interrupted).ConfigureAwait(false);
        foreach (var gap in LivePrices.Gaps(live))
            output.Say(shell, gap);
        return order with { Definition = live.Batch };
    }

    private static Task<ExitCode> DoAsync(
        RunDecision decision, Order order, BatchWork work, CancellationToken interrupted) => decision switch
    {
        RunDecision.Start => work.DoAsync(
            null, batches => batches.StartAsync(order.Definition, order.Budget, CancellationToken.None), interrupted),
        RunDecision.GoOn { Batch: var batch } => work.DoAsync(
            batch, batches => batches.ResumeAsync(batch.Id, CancellationToken.None), interrupted),
        RunDecision.AlreadyDone { Batch: var batch } => work.TellAsync(
            batch, "Nothing was sent: this batch was done before. --new generates it again."),
        RunDecision.Refuse { Sentence: var sentence } => throw new CommandException(ExitCode.BadUsage, sentence),
        _ => throw new InvalidOperationException($"No way to do {decision}."),
    };

    private static IEnumerable<string> Heading(RunDecision decision, Order order)
    {
        var definition = order.Definition;
        if (decision is RunDecision.Start)
        {
            yield return $"{definition.Source}: {Texts.Count(definition.Jobs.Count, "job")}, "
                + $"{Texts.ShortMoney(definition.Price)} expected, "
                + FormattableString.Invariant($"{definition.MaxWorkers} at once, into {definition.OutputDir}");
            foreach (var skipped in definition.Skipped)
                yield return JobLine.Of(skipped);
        }
        if (decision is not RunDecision.GoOn { Batch: var batch })
            yield break;
        yield return $"Going on with {batch.Source}: {RunDecision.Progress(batch)}.";
        if (RunDecision.Continued(batch) is { } continued)
            yield return continued;
        if (order.IsLimited)
            yield return "It goes on with the workers and the budget that it was begun with: "
                + "--max-workers and --max-cost count for a new batch.";
        if (order.IsLive)
            yield return "It goes on with the prices that it was begun with: --live counts for a new batch.";
    }

    /// <summary>What is asked for.</summary>
    /// <param name="Definition">The batch, with the options over the file.</param>
    /// <param name="Budget">The most that may be spent, or null.</param>
    /// <param name="IsLimited">Whether options set workers or budget, which only a new batch heeds.</param>
    /// <param name="IsLive">Whether Atlas is asked for the prices, which only a new batch heeds.</param>
    private sealed record Order(BatchDefinition Definition, Usd? Budget, bool IsLimited, bool IsLive);
}
