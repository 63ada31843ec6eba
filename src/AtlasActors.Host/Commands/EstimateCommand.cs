using System.CommandLine;
using AtlasActors.Batches;
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

    public EstimateCommand(Shell shell)
        : base("estimate", "Tell what a batch file will cost, and how long it will take.")
    {
        Add(_file);
        Add(_strict);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => Task.FromResult(Run(shell, parse)));
    }

    private ExitCode Run(Shell shell, ParseResult parse)
    {
        var json = CommonOptions.IsJson(parse);
        var input = BatchFileInput.Read(
            shell, parse.GetRequiredValue(_file), silent: json, parse.GetValue(_strict), BatchFileInput.FewWarnings);
        var estimate = BatchEstimate.Of(input.Definition, input.Prices);
        if (json)
            Json.Write(shell.Out, Document(input.Definition, estimate));
        else
            shell.Out.Write(EstimateText.Of(input.Definition, estimate));
        return ExitCode.Succeeded;
    }

    private static object Document(BatchDefinition definition, BatchEstimate estimate) => new
    {
        File = definition.Source,
        Jobs = definition.Jobs.Count,
        estimate.Total,
        ByModel = estimate.ByModel.Select(model => new
        {
            model.Model, Type = model.Kind, Jobs = model.Count, Cost = model.Price, Assumed = model.IsAssumed,
        }),
        TimeSeconds = Math.Round(estimate.Time.TotalSeconds),
        definition.MaxWorkers,
        definition.Skipped,
    };
}
