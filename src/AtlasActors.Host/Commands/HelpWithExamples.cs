using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AtlasActors.Host.Commands;

/// <summary>A command's help, and after it some lines to copy.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        ["run"] =
        [
            "atlas-actors run samples/weekly-pack.yaml --simulate",
            "atlas-actors run batch.yaml --max-cost 5 --output-dir results/week-47",
            "atlas-actors run batch.yaml --json > report.json",
        ],
        ["validate"] = ["atlas-actors validate batch.yaml", "atlas-actors validate batch.yaml --live --strict"],
        ["models"] =
        [
            "atlas-actors models veo", "atlas-actors models google/veo3.1/text-to-video --json",
            "atlas-actors models --live --type audio",
        ],
        ["estimate"] =
        [
            "atlas-actors estimate samples/weekly-pack.yaml",
            "atlas-actors estimate samples/catalogue.yaml --live",
            "atlas-actors estimate samples/catalogue.yaml --live --simulate",
        ],
        ["costs"] =
        [
            "atlas-actors costs", "atlas-actors costs results/week-47 --json",
            "atlas-actors costs results/week-47 --reconcile",
        ],
        ["balance"] = ["atlas-actors balance", "atlas-actors balance --json"],
        ["resume"] = ["atlas-actors resume", "atlas-actors resume results/week-47"],
        ["retry"] =
        [
            "atlas-actors retry pipeline_output",
            "atlas-actors retry pipeline_output/manifest.json --in-doubt",
        ],
        ["status"] = ["atlas-actors status", "atlas-actors status results/week-47 --json"],
        ["serve"] =
        [
            "atlas-actors serve batches --simulate", "atlas-actors serve batches --listen http://0.0.0.0:8080",
        ],
        ["keys"] =
        [
            "atlas-actors keys add films --role submit --dir batches", "atlas-actors keys list --dir batches",
            "atlas-actors keys remove films --dir batches",
        ],
        ["webhooks"] = ["atlas-actors webhooks secret --dir batches"],
        ["simulate"] =
        [
            "atlas-actors simulate --port 8080 --speed 20",
            "atlas-actors simulate --rate-429 0.25 --rate-503 0.25 --cut-downloads",
        ],
    };

    private static readonly string[] Start =
    [
        "atlas-actors run samples/weekly-pack.yaml --simulate",
        "atlas-actors estimate samples/weekly-pack.yaml",
        "ATLASCLOUD_API_KEY=… atlas-actors run batch.yaml",
    ];

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples.GetValueOrDefault(parseResult.CommandResult.Command.Name, Start))
            output.WriteLine($"  {example}");
        output.WriteLine();
        return result;
    }
}
