using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Commands;

/// <summary><c>validate FILE</c>: tells everything that is wrong with a batch file.</summary>
internal sealed class ValidateCommand : Command
{
    private readonly Argument<string> _file = BatchFileInput.Argument();
    private readonly Option<bool> _strict = CommonOptions.Strict();
    private readonly Option<bool> _live = new("--live")
    {
        Description = "Also check every job against what Atlas publishes of its model just now; no key is needed.",
    };

    public ValidateCommand(Shell shell) : base("validate", "Check a batch file; no job is sent, and no key is needed.")
    {
        Add(_file);
        Add(_strict);
        Add(_live);
        Add(CommonOptions.Json());
        CommandAction.Set(this, shell, parse => RunAsync(shell, parse));
    }

    private async Task<ExitCode> RunAsync(Shell shell, ParseResult parse)
    {
        var file = parse.GetRequiredValue(_file);
        var json = CommonOptions.IsJson(parse);
        var reading = BatchFileReader.ReadFile(shell.FullPath(file));
        LiveReading? live = null;
        if (parse.GetValue(_live) && reading.Definition is not null)
            (reading, live) = await LiveValidation.CheckAsync(shell, reading).ConfigureAwait(false);
        var input = BatchFileInput.Of(shell, file, reading, silent: json, parse.GetValue(_strict));
        if (live is not null)
            LiveValidation.RequireAnswers(file, live);
        if (json)
            Json.Write(shell.Out, Document(input, live));
        else
            shell.Out.WriteLine(Sentence(input.Definition) + Checked(live));
        return ExitCode.Succeeded;
    }

    private static string Sentence(BatchDefinition definition)
    {
        var kinds = Enum.GetValues<MediaKind>()
            .Select(kind => (Kind: kind, Count: Count(definition, kind)))
            .Where(kind => kind.Count > 0 || kind.Kind is MediaKind.Image or MediaKind.Video)
            .Select(kind => Texts.Count(kind.Count, kind.Kind.Noun()));
        var sentence = $"{definition.Source} is in order: {Texts.Count(definition.Jobs.Count, "job")} "
            + $"({string.Join(", ", kinds)})";
        return definition.Skipped.Count == 0
            ? sentence
            : $"{sentence}, {Texts.Count(definition.Skipped.Count, "job")} of an unknown type skipped";
    }

    private static string Checked(LiveReading? live) => live is null
        ? ""
        : $"; checked against what Atlas publishes of {live.Models.Count(model => model.Why is null)} of "
            + Texts.Count(live.Models.Count, "model");

    private static int Count(BatchDefinition definition, MediaKind kind) =>
        definition.Jobs.Count(job => job.Kind == kind);

    private static object Document(BatchFileInput input, LiveReading? live) => new
    {
        Valid = true,
        File = input.Definition.Source,
        Jobs = input.Definition.Jobs.Count,
        Images = Count(input.Definition, MediaKind.Image),
        Videos = Count(input.Definition, MediaKind.Video),
        Audio = Count(input.Definition, MediaKind.Audio),
        Models = Count(input.Definition, MediaKind.ThreeD),
        input.Definition.OutputDir,
        input.Definition.MaxWorkers,
        input.Definition.Skipped,
        input.Warnings,
        Live = live?.Models,
    };
}
