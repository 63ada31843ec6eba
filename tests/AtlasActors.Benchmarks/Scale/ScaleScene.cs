using AtlasActors.Benchmarks.Whole;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>A folder with a batch file in it, and a simulator whose generations do not end; disposing it leaves nothing.</summary>
internal sealed class ScaleScene : IAsyncDisposable
{
    /// <summary>The simulator's speed: the usual 17 s become five hours.</summary>
    private const double WithoutEnd = 0.001;

    private const string BatchFile = "pack.yaml";

    /// <summary>How often the simulator is asked what it has seen.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly string _folder;
    private readonly string _program;
    private readonly SimulatedAtlas _atlas;
    private readonly List<WatchedProgram> _started = [];

    private ScaleScene(string folder, string program, SimulatedAtlas atlas)
    {
        (_folder, _program, _atlas) = (folder, program, atlas);
        Page = new SimulatorPage(atlas.BaseUrl);
    }

    public SimulatorPage Page { get; }

    /// <param name="program">The program's assembly or executable.</param>
    /// <param name="batchFile">The text of the batch file.</param>
    public static async Task<ScaleScene> SetAsync(string program, string batchFile)
    {
        var folder = Directory.CreateTempSubdirectory("atlas-actors-benchmark-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, BatchFile), batchFile);
            return new ScaleScene(folder, program, await SimulatedAtlas.StartAsync(program, folder, WithoutEnd));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Starts <c>run</c>, which begins the batch.</summary>
    public WatchedProgram Run() => Start("run", BatchFile);

    /// <summary>Starts <c>resume</c>, which does not read the batch file.</summary>
    public WatchedProgram Resume() => Start("resume", ScaleOrder.OutputFolder);

    public WatchedProgram Status(params string[] options) => Start(["status", ScaleOrder.OutputFolder, .. options]);

    /// <summary>Asks the simulator again and again, until it has seen enough, while the program works.</summary>
    public async Task<SeenByAtlas> UntilAsync(
        WatchedProgram program, Func<SeenByAtlas, bool> isEnough, CancellationToken cancellation)
    {
        while (true)
        {
            program.ThrowIfEnded();
            var seen = await Page.TotalsAsync(cancellation);
            if (isEnough(seen)) return seen;
            await Task.Delay(Glance, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var program in _started) await program.DisposeAsync();
        }
        finally
        {
            Page.Dispose();
            _atlas.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private WatchedProgram Start(params string[] args)
    {
        var variables = new Dictionary<string, string>
        {
            ["ATLASCLOUD_API_KEY"] = "apikey-of-the-benchmark", ["ATLASCLOUD_BASE_URL"] = _atlas.BaseUrl.ToString(),
        };
        var program = new WatchedProgram(_folder, variables, _program, args);
        _started.Add(program);
        return program;
    }
}
