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
    /// <summary>How many warnings are shown before a batch, which is not about them.</summary>
    public const int FewWarnings = 10;

    public static Argument<string> Argument() => new("FILE") { Description = "The batch file, YAML or JSON." };

    /// <summary>
    /// Reads the file; a <see cref="CommandException"/> with all its faults where there are any. Warnings go to
    /// standard error, unless <paramref name="silent"/>; at most <paramref name="most"/> of them, since what is wrong
    /// with one job is often wrong with thousands.
    /// </summary>
    public static BatchFileInput Read(Shell shell, string file, bool silent, bool strict, int most = int.MaxValue) =>
        Of(shell, file, BatchFileReader.ReadFile(shell.FullPath(file)), silent, strict, most);

    /// <summary>The same of a file that was read already.</summary>
    public static BatchFileInput Of(
        Shell shell, string file, BatchFileReading reading, bool silent, bool strict, int most = int.MaxValue)
    {
        if (reading.Definition is not { } definition || reading.Faults.Count > 0)
            throw Refusal(file, reading.Faults);
        if (strict && reading.Warnings.Count > 0)
            throw new CommandException(
                $"{file}: {Texts.Count(reading.Warnings.Count, "warning")}, and --strict takes them for faults; "
                + "nothing was sent.",
                file, reading.Warnings);
        if (!silent)
            Tell(shell, file, reading.Warnings, most);
        return new BatchFileInput(definition with { Source = file }, reading.Prices, reading.Warnings);
    }

    private static void Tell(Shell shell, string file, IReadOnlyList<FileFault> warnings, int most)
    {
        foreach (var warning in warnings.Take(most))
            shell.Error.WriteLine($"warning: {warning.In(file)}");
        if (warnings.Count > most)
            shell.Error.WriteLine(
                $"warning: and {warnings.Count - most} more; "
                + $"'atlas-actors validate {ShellWord.Of(file)}' tells them all");
    }

    // A file that is not there has one fault, without a place: it needs no list and no count.
    private static CommandException Refusal(string file, IReadOnlyList<FileFault> faults) =>
        faults is [{ Line: 0 } whole]
        ? new CommandException(ExitCode.BadUsage, whole.In(file))
        : new CommandException($"{file}: {Texts.Count(faults.Count, "fault")}; nothing was sent.", file, faults);
}
