using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Host.Remote;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Commands;

/// <summary><c>retry DIR|MANIFEST</c>: further attempts for what did not succeed.</summary>
internal sealed class RetryCommand : Command
{
    private readonly Option<double> _speed = CommonOptions.Speed();

    private readonly Argument<string> _folder = new("DIR|MANIFEST")
    {
        Description = "The output folder, or the manifest.json in it; with --to, a batch's id.",
    };

    private readonly Option<bool> _inDoubt = new("--in-doubt")
    {
        Description = "Submit jobs in doubt again, too: Atlas may have taken them, and they may be paid for twice.",
    };

    private readonly Option<Usd?> _maxCost = CommonOptions.Money(
        "--max-cost", "The most that may be spent on the whole batch, from now on.");

    private readonly Option<string?> _to = RemoteOptions.To();

    public RetryCommand(Shell shell) : base("retry", "Try the jobs of a batch that did not succeed again.")
    {
        Add(_folder);
        Add(_inDoubt);
        Add(_maxCost);
        Add(_speed);
        Add(_to);
        OutputChoice.AddTo(this);
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        if (parse.GetValue(_to) is { } to)
            return RetryRemoteAsync(shell, parse, to);
        var output = OutputChoice.Of(parse);
        var inDoubt = parse.GetValue(_inDoubt);
        var budget = parse.GetValue(_maxCost);
        var folder = StateFolder.Existing(parse.GetRequiredValue(_folder), shell.WorkingDirectory);
        var earlier = new EarlierBatch(shell, folder, output, parse.GetValue(_speed));
        return earlier.OpenAsync(async (work, batch, interrupted) =>
        {
            var again = batch.Count(JobStage.Failed) + batch.Count(JobStage.Refused)
                        + (inDoubt ? batch.Count(JobStage.InDoubt) : 0);
            if (again == 0 && RunDecision.IsDone(batch))
                return await work.TellAsync(batch, NothingToDo(batch)).ConfigureAwait(false);
            output.Say(shell, $"Trying {Texts.Count(again, "job")} of {batch.Source} again.");
            return await work.DoAsync(
                batch, batches => batches.RetryAsync(batch.Id, inDoubt, budget, CancellationToken.None), interrupted)
                .ConfigureAwait(false);
        });
    }

    private async Task<ExitCode> RetryRemoteAsync(Shell shell, ParseResult parse, string to)
    {
        using var service = new ServiceClient(ServiceAddress.Of(to, shell.Variables()), shell.Clock);
        List<string> query = parse.GetValue(_inDoubt) ? ["in_doubt=true"] : [];
        if (parse.GetValue(_maxCost) is { } budget) query.Add($"max_cost={budget.Amount}");
        var answer = await service.PostAsync(
            $"{RemoteBatch.Path(parse.GetRequiredValue(_folder))}/retry?{string.Join('&', query)}", null, shell.Interrupts.Claim())
            .ConfigureAwait(false);
        if (CommonOptions.IsJson(parse)) Json.Write(shell.Out, answer);
        else shell.Out.Write(RemoteText.Whole(answer));
        return ExitCode.Succeeded;
    }

    private static string NothingToDo(BatchView batch)
    {
        if (batch.Count(JobStage.InDoubt) > 0)
            return "Nothing was sent: jobs in doubt are submitted again only with --in-doubt, for they may be paid for twice.";
        return batch.Count(JobStage.Cancelled) > 0
            ? "Nothing was sent: what has not succeeded was cancelled by a person, and is left."
            : "Nothing was sent: every job has succeeded.";
    }
}
