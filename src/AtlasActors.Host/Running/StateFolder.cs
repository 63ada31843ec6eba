using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>An output folder and, in it, <c>.atlas-actors</c>: the journal, the lock, the simulator's memory.</summary>
internal sealed class StateFolder
{
    private const string StateName = ".atlas-actors";
    private const string UsualOutputDir = "pipeline_output";

    private StateFolder(string shown, string outputDir)
    {
        Shown = shown;
        OutputDir = outputDir;
    }

    /// <summary>The output folder as the user wrote it, for messages and commands to copy.</summary>
    public string Shown { get; }

    /// <summary>The output folder's full path.</summary>
    public string OutputDir { get; }

    public string State => Path.Combine(OutputDir, StateName);

    public string Journal => Path.Combine(State, "journal.db");

    /// <summary>The journal of <c>serve</c>, whose batches lie in folders of their own: other commands leave them alone.</summary>
    public string ServiceJournal => Path.Combine(State, "service.db");

    /// <summary>What <c>serve</c> answers lists from: a projection of its journal, made anew where it is missing.</summary>
    public string Records => Path.Combine(State, "records.db");

    /// <summary>The hashes of the keys by which callers use <c>serve</c>.</summary>
    public string Keys => Path.Combine(State, "keys.json");

    /// <summary>What requests with an <c>Idempotency-Key</c> were answered.</summary>
    public string Requests => Path.Combine(State, "requests.db");

    /// <summary>What is to be told by webhook, and was.</summary>
    public string Outbox => Path.Combine(State, "outbox.db");

    /// <summary>What the schedules have seen to.</summary>
    public string Schedules => Path.Combine(State, "schedules.db");

    /// <summary>The secret that webhooks are signed with.</summary>
    public string WebhookSecret => Path.Combine(State, "webhook-secret");

    /// <summary>Where files lie while they are being sent.</summary>
    public string Incoming => Path.Combine(State, "incoming");

    public string SimulatorJournal => Path.Combine(State, "simulator.jsonl");

    public string Manifest => Path.Combine(OutputDir, "manifest.json");

    /// <summary>Whether a batch was ever begun here.</summary>
    public bool HasJournal => File.Exists(Journal);

    public static StateFolder Of(string outputDir, string workingDirectory) =>
        new(outputDir, Path.GetFullPath(outputDir, workingDirectory));

    /// <summary>
    /// The folder that a command without a file means: the one given (or the one of the manifest given), else the
    /// working directory where it has a batch, else the usual output folder. A <see cref="CommandException"/> where it
    /// has none.
    /// </summary>
    public static StateFolder Existing(string? given, string workingDirectory)
    {
        var folder = Of(Choose(given, workingDirectory), workingDirectory);
        return folder.HasJournal
            ? folder
            : throw new CommandException(
                ExitCode.BadUsage,
                $"There is no batch in {folder.Shown}: name the output folder of a run, "
                + "or begin one by 'atlas-actors run FILE'.");
    }

    /// <summary>Makes both folders where they are missing, and proves that they can be written to.</summary>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(OutputDir);
            if (!Directory.Exists(State))
                MakeState();
            Prove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CommandException(
                ExitCode.BadUsage, $"The output folder {Shown} cannot be written to: {e.Message}");
        }
    }

    /// <summary>Proves that both folders can be written to; throws where one cannot.</summary>
    public void Prove()
    {
        foreach (var folder in new[] { OutputDir, State })
            Probe(folder);
    }

    private static string Choose(string? given, string workingDirectory)
    {
        if (given is null)
            return Directory.Exists(Path.Combine(workingDirectory, StateName)) ? "." : UsualOutputDir;
        var isManifest = File.Exists(Path.GetFullPath(given, workingDirectory));
        return !isManifest ? given : Path.GetDirectoryName(given) is { Length: > 0 } folder ? folder : ".";
    }

    private void MakeState()
    {
        // The journal holds prompts and links to results: its owner's business.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(State);
        else
            Directory.CreateDirectory(State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Probe(string folder)
    {
        var probe = Path.Combine(folder, $".atlas-actors-{Environment.ProcessId}.probe");
        using var file = new FileStream(
            probe, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        file.WriteByte(0);
    }
}
