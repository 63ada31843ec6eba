using Akka.Configuration;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Settings;

/// <summary>The file of HOCON that a service is started with.</summary>
internal static class ConfigurationFile
{
    private const string Library = "atlas-actors";

    /// <summary>What its text says of the service itself; a <see cref="CommandException"/> with all that is wrong with it.</summary>
    /// <param name="hocon">The text, or null.</param>
    /// <param name="file">Where it is from: what it names lies beside it.</param>
    /// <param name="shell">The world outside.</param>
    public static ServiceSettings Settings(string? hocon, string? file, Shell shell)
    {
        var faults = new List<string>();
        var settings = ServiceSettings.Read(
            hocon, [], faults, FolderOf(file, shell),
            ApiChoice.Real.MayBePrivate(shell.Variables()));
        return faults.Count == 0
            ? settings
            : throw new CommandException(
                ExitCode.BadUsage, string.Join("\n- ", ["The service is not configured well enough to start:", .. faults]));
    }

    /// <summary>Where the files lie that it names: its own folder, or the working directory where there is none.</summary>
    public static string? FolderOf(string? file, Shell shell) =>
        file is null ? shell.WorkingDirectory : Path.GetDirectoryName(shell.FullPath(file));

    /// <summary>Its text, which can be read; null where none is named. What its keys say is checked by those who use them.</summary>
    public static string? Read(string? file, Shell shell)
    {
        if (file is null) return null;
        try
        {
            var text = File.ReadAllText(shell.FullPath(file));
            var config = ConfigurationFactory.ParseString(text);
            return config.HasPath(Library) || config.HasPath(ServiceSettings.Section)
                ? text
                : throw new CommandException(
                    ExitCode.BadUsage, $"{file} has neither a section '{Library}' nor '{ServiceSettings.Section}'.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.BadUsage, $"{file} cannot be read: {fault.Message}");
        }
        // Whatever the parser throws: it has no one kind of exception, and the file is the user's.
        catch (Exception fault) when (fault is not CommandException)
        {
            throw new CommandException(ExitCode.BadUsage, $"{file} is not in order: {fault.Message}");
        }
    }
}
