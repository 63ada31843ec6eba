using AtlasActors.Simulator;

namespace AtlasActors.Host.Tests.Support;

/// <summary>
/// Runs of the real program in a folder of their own, against a simulator that notes what reaches it.
/// </summary>
internal sealed class ProgramRuns : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ProgramProcess> _started = [];
    private readonly Dictionary<string, string> _variables = [];
    private AtlasSimulator? _atlas;

    public string Folder => _folder.Path;

    /// <summary>What reaches the simulator.</summary>
    public SeenTraffic Seen => _atlas!.Seen;

    /// <summary>Starts a simulator and leads the program to it.</summary>
    public async Task<ProgramRuns> WithAtlasAsync(SimulatorOptions options)
    {
        _atlas = await AtlasSimulator.StartAsync(options);
        return With("ATLASCLOUD_BASE_URL", _atlas.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
    }

    public ProgramRuns With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    public ProgramRuns Without(string variable)
    {
        _variables.Remove(variable);
        return this;
    }

    public string File(string name) => _folder.File(name);

    /// <summary>Writes a batch of images with these prompts; they are polled often.</summary>
    public ProgramRuns WithImages(string file, params string[] prompts)
    {
        const string head = """
            max_workers: 1
            retries: 0
            max_wait: 1h
            poll: { initial: 20ms, multiplier: 1.5, max: 200ms }
            jobs:

            """;
        System.IO.File.WriteAllText(File(file), head + string.Concat(prompts.Select((prompt, i) => $"""
              - name: Picture {i + 1}
                type: image
                model: black-forest-labs/flux-2-pro/text-to-image
                prompt: "{prompt}"
                width: 64
                height: 64

            """)));
        return this;
    }

    public ProgramProcess Start(params string[] args) => StartWithRoom(null, args);

    /// <summary>Starts it where no file may have more than so many kilobytes.</summary>
    public ProgramProcess StartWithRoom(int? kilobytes, params string[] args)
    {
        var program = ProgramProcess.Start(Folder, _variables, kilobytes, args);
        _started.Add(program);
        return program;
    }

    /// <summary>Completes when the simulator has taken so many submissions.</summary>
    public async Task SubmittedAsync(int number)
    {
        using var limit = new CancellationTokenSource(ProgramProcess.Patience);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Seen.Submissions.Count < number)
            await ticks.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(params string[] args)
    {
        var program = Start(args);
        var code = await program.EndsAsync();
        return (code, program.Out, program.Error);
    }

    public async ValueTask DisposeAsync()
    {
        _started.ForEach(program => program.Dispose());
        if (_atlas is not null)
            await _atlas.DisposeAsync();
        _folder.Dispose();
    }
}
