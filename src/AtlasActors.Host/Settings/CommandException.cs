using AtlasActors.BatchFiles;

namespace AtlasActors.Host.Settings;

/// <summary>What ends a command early: a sentence for people, and what the program exits with.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(ExitCode code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>A batch file that is not in order.</summary>
    public CommandException(string message, string fileName, IReadOnlyList<FileFault> faults)
        : this(ExitCode.BadUsage, message)
    {
        FileName = fileName;
        Faults = faults;
    }

    /// <summary>What the program exits with.</summary>
    public ExitCode Code { get; }

    /// <summary>The batch file that the faults are of.</summary>
    public string FileName { get; } = "";

    /// <summary>The batch file's faults; empty where the message says it all.</summary>
    public IReadOnlyList<FileFault> Faults { get; } = [];
}
