using System.CommandLine;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary><c>estimate FILE</c>: what a batch file will cost, and how long it will take.</summary>
internal sealed class EstimateCommand : Command
{
    private readonly Argument<string> _file = BatchFileInput.Argument();
    private readonly Option<bool> _strict = CommonOptions.Strict();

    private readonly Option<bool> _live = CommonOptions.Live();

    private readonly Option<bool> _simulate = new("--simulate")
    {
        Description = "With --live: ask the built-in simulator, without a key.",
    };

    public EstimateCommand(Shell shell)
        : base("estimate", "Tell what a batch file will cost, and how long it will take.")
    {
        Add(_file);
        Add(_strict);
        Add(_live);
        Add(_simulate);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var json = CommonOptions.IsJson(parse);
        var input = BatchFileInput.Read(
            shell, parse.GetRequiredValue(_file), silent: json, parse.GetValue(_strict), BatchFileInput.FewWarnings);
        var (live, simulate) = (parse.GetValue(_live), parse.GetValue(_simulate));
        if (simulate && !live)
            throw new CommandException(ExitCode.BadUsage, "--simulate says whom --live asks: give both, or neither.");
        if (live)
            return await TellLiveAsync(shell, input, simulate, json).ConfigureAwait(false);
        var estimate = BatchEstimate.Of(input.Definition, input.Prices);
        if (json)
            Json.Write(shell.Out, EstimateDocument.Of(input.Definition, estimate));
        else
            shell.Out.Write(EstimateText.Of(input.Definition, estimate));
        return ExitCode.Succeeded;
    }

    private static async Task<ExitCode> TellLiveAsync(Shell shell, BatchFileInput input, bool simulate, bool json)
    {
        ApiChoice api = simulate ? new ApiChoice.Simulated(ApiChoice.UsualSpeed) : ApiChoice.Real.Of(shell.Variables());
        var live = await LivePrices.AskAsync(shell, api, input.Definition, shell.Interrupts.Claim())
            .ConfigureAwait(false);
        var estimate = BatchEstimate.Of(live.Batch, input.Prices);
        if (json)
            Json.Write(shell.Out, Document(live, estimate));
        else
            shell.Out.Write(LiveEstimateText.Of(live, estimate));
        return ExitCode.Succeeded;
    }

    private static object Document(LiveEstimate live, BatchEstimate estimate) => new
    {
        File = live.Batch.Source,
        Jobs = live.Batch.Jobs.Count,
        estimate.Total,
        ByModel = live.Models.Select(model => new
        {
            model.Model, Type = model.Kind, model.Jobs, Cost = model.Price, Assumed = model.Assumed > 0, model.Quoted,
            model.ListPrice, model.DiscountPercent, Estimated = model.IsEstimate, Partial = model.IsPartial,
            model.Trouble,
        }),
        TimeSeconds = Math.Round(estimate.Time.TotalSeconds),
        live.Batch.MaxWorkers,
        live.Batch.Skipped,
        Live = true,
        live.Questions,
    };
}
