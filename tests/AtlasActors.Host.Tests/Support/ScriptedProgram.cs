using System.Globalization;
using AtlasActors.Host.Commands;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Tests.Support;

/// <summary>The program in a folder of its own, with scripted batches behind it and its streams in memory.</summary>
internal sealed class ScriptedProgram : IDisposable
{
    private bool _hasActors;
    private readonly Dictionary<string, string> _environment = new() { ["ATLASCLOUD_API_KEY"] = "apikey-for-tests" };

    public TemporaryFolder Folder { get; } = new();

    public ScriptedBatches Batches { get; } = new();

    public Interrupts Interrupts { get; private set; } = NotAtOnce();

    /// <summary>Opens the account; null for the one that the variables lead to.</summary>
    public AccountOpener? OpenAccount { get; set; }

    public StringWriter Out { get; private set; } = new(CultureInfo.InvariantCulture);

    public StringWriter Error { get; private set; } = new(CultureInfo.InvariantCulture);

    public string Text => Out.ToString();

    public string Errors => Error.ToString();

    /// <summary>Sets a variable of the environment; null takes it away.</summary>
    public ScriptedProgram With(string variable, string? value)
    {
        if (value is null)
            _environment.Remove(variable);
        else
            _environment[variable] = value;
        return this;
    }

    /// <summary>Puts the real actors behind it, in place of the scripted batches.</summary>
    public ScriptedProgram WithActors()
    {
        _hasActors = true;
        return this;
    }

    /// <summary>Writes a file into the folder.</summary>
    public ScriptedProgram WithFile(string name, string text)
    {
        var path = Path.Combine(Folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Makes an output folder look as if a batch had been begun there.</summary>
    public ScriptedProgram WithJournal(string outputDir = "pipeline_output") =>
        WithFile(Path.Combine(outputDir, ".atlas-actors", "journal.db"), "");

    /// <summary>Runs a command line; what an earlier one wrote is forgotten.</summary>
    public async Task<int> RunAsync(params string[] args)
    {
        Interrupts.Dispose();
        Interrupts = NotAtOnce();
        Out = new StringWriter(CultureInfo.InvariantCulture);
        Error = new StringWriter(CultureInfo.InvariantCulture);
        var shell = new Shell
        {
            Out = Out,
            Error = TextWriter.Synchronized(Error),
            Environment = name => _environment.GetValueOrDefault(name),
            WorkingDirectory = Folder.Path,
            Interrupts = Interrupts,
            OpenAccount = OpenAccount ?? AtlasActors.Host.Running.OpenAccount.Of,
            OpenAtlas = _hasActors ? RunningAtlas.OpenAsync : (options, _, _) =>
            {
                Batches.Opened.Add(options);
                return Task.FromResult<IRunningAtlas>(Batches);
            },
        };
        return await AtlasActorsProgram.RunAsync(args, shell);
    }

    private static Interrupts NotAtOnce() => new(() => throw new InvalidOperationException("ended at once"));

    public void Dispose()
    {
        Interrupts.Dispose();
        Out.Dispose();
        Error.Dispose();
        Folder.Dispose();
    }
}
