using System.CommandLine;
using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using AtlasActors.Host.Rendering;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Commands;

/// <summary>A batch file that a command was given, read and in order.</summary>
internal sealed record BatchFileInput(BatchDefinition Definition, PriceTable Prices, IReadOnlyList<FileFault> Warnings)
{
    public static Argument<string> Argument() => new("FILE") { Description = "The batch file, YAML or JSON." };

    /// <summary>
    /// Reads the file; a <see cref="CommandException"/> with all its faults where there are any. Warnings go to
    /// standard error, unless <paramref name="silent"/>.
    /// </summary>
    public static BatchFileInput Read(Shell shell, string file, bool silent)
    {
        var reading = BatchFileReader.ReadFile(shell.FullPath(file));
        if (reading.Definition is not { } definition)
            throw Refusal(file, reading.Faults);
        foreach (var warning in silent ? [] : reading.Warnings)
            shell.Error.WriteLine($"warning: {warning.In(file)}");
        return new BatchFileInput(definition with { Source = file }, reading.Prices, reading.Warnings);
    }

    // A file that is not there has one fault, without a place: it needs no list and no count.
    private static CommandException Refusal(string file, IReadOnlyList<FileFault> faults) =>
        faults is [{ Line: 0 } whole]
        ? new CommandException(ExitCode.BadUsage, whole.In(file))
        : new CommandException($"{file}: {Texts.Count(faults.Count, "fault")}; nothing was sent.", file, faults);
}
