using AtlasActors.BatchFiles;
using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Models;

namespace AtlasActors.Host.Commands;

/// <summary>What <c>--live</c> adds to a reading: what Atlas publishes of the file's models just now.</summary>
internal static class LiveValidation
{
    /// <summary>The reading with what was found beside its own warnings, and what came of the asking.</summary>
    public static async Task<(BatchFileReading Reading, LiveReading Live)> CheckAsync(
        Shell shell, BatchFileReading reading)
    {
        using var account = OpenAccount.WithOrWithoutKey(shell);
        var live = await LiveChecks.CheckAsync(
            reading, new LiveSchemas(account.Inquiries), shell.Interrupts.Claim()).ConfigureAwait(false);
        var warnings = reading.Warnings.Concat(live.Warnings)
            .OrderBy(warning => warning.File is not null)
            .ThenBy(warning => warning.Line).ThenBy(warning => warning.Column);
        return (reading with { Faults = live.Faults, Warnings = [.. warnings] }, live);
    }

    /// <summary>
    /// Ends the command where somebody could not be asked: such a file is not in order, and not wrong either.
    /// </summary>
    public static void RequireAnswers(string file, LiveReading live)
    {
        if (live.NoAnswer is { } failure)
            throw new CommandException(
                live.IsKeyRefused ? ExitCode.AccountRefused : ExitCode.Fault,
                $"{file} could not be checked against what Atlas publishes: {failure.WithRequest()}");
    }
}
