using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Predictions;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>
/// Runs of the real program in a folder of their own, against a simulator behind a gateway that can end the program at
/// any <see cref="Moment"/>. Simulated time passes by polls, so a run is the same on every machine.
/// </summary>
internal sealed class WatchedRuns : IAsyncDisposable
{
    /// <summary>Three pictures and a clip, two at once.</summary>
    private const string Pack = """
        output_dir: out
        max_workers: 2
        poll: { initial: 20ms, max: 40ms }
        retry: { base_delay: 10ms }
        jobs:
          - { name: Bergsee bei Föhn, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a lake, width: 64, height: 64 }
          - { name: 雨夜的茶馆, type: video, model: bytedance/seedance-v1.5-pro/text-to-video, prompt: a tea house, duration: 4 }
          - { name: 겨울 바다, type: image, model: google/imagen4-ultra/text-to-image, prompt: a winter sea, width: 64, height: 64 }
          - { name: De brug, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: a bridge, width: 64, height: 64 }
        """;

    /// <summary>How the system tells of a process that was killed: 128 and the signal's number.</summary>
    private const int Killed = 137;

    private static readonly TimeSpan PerPoll = TimeSpan.FromSeconds(4);

    private readonly ManualClock _clock;
    private readonly ProgramRuns _runs = new();
    private readonly HashSet<string> _inDoubt = [];
    private readonly AtlasSimulator _atlas;
    private readonly Gateway _gateway;

    private WatchedRuns(AtlasSimulator atlas, Gateway gateway, ManualClock clock)
    {
        (_atlas, _gateway, _clock) = (atlas, gateway, clock);
        _runs.With("ATLASCLOUD_BASE_URL", gateway.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        File.WriteAllText(_runs.File("pack.yaml"), Pack);
        At(_ => Task.FromResult(Deed.PassOn));
    }

    public Gateway Gateway => _gateway;

    public SeenTraffic Seen => _atlas.Seen;

    public ResultFolder Results => new(_runs.Folder, "out");

    /// <summary>The names of the jobs that must be in doubt.</summary>
    public IReadOnlySet<string> InDoubt => _inDoubt;

    /// <param name="pack">The batch file, with four jobs, into <c>out</c>; null for three pictures and a clip.</param>
    public static async Task<WatchedRuns> StartAsync(string? pack = null)
    {
        var clock = new ManualClock();
        var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Clock = clock });
        var runs = new WatchedRuns(atlas, await Gateway.StartAsync(atlas.BaseUrl), clock);
        if (pack is not null)
            await File.WriteAllTextAsync(runs._runs.File("pack.yaml"), pack);
        return runs;
    }

    /// <summary>Does this at each moment from now on, and counts requests from 1.</summary>
    public void At(Func<Moment, Task<Deed>> deed)
    {
        _gateway.CountAnew();
        _gateway.At = moment =>
        {
            if (moment is { Kind: RequestKind.Poll, Point: Point.Arrived })
                _clock.Advance(PerPoll);
            return deed(moment);
        };
    }

    /// <summary>Adds lines to the head of the batch file.</summary>
    public void Head(string lines) => File.WriteAllText(_runs.File("pack.yaml"), lines + "\n" + Pack);

    public ProgramProcess Start(params string[] args) => _runs.Start(args);

    public Task<(int Code, string Out, string Error)> RunAsync(params string[] args) => _runs.RunAsync(args);

    /// <summary>Starts the program and kills it at the moment.</summary>
    public async Task KillAsync(Moment moment, params string[] args)
    {
        var started = new TaskCompletionSource<ProgramProcess>();
        var killed = new TaskCompletionSource();
        At(async now =>
        {
            if (killed.Task.IsCompleted)
                return Deed.Cut;
            if (now != moment)
                return Deed.PassOn;
            Signals.Kill(await started.Task);
            killed.SetResult();
            return Deed.Cut;
        });
        var program = Start(args);
        started.SetResult(program);
        var code = await program.EndsAsync();
        Assert.True(code == Killed, $"It ended before {moment}, with {code}: {program.Out} {program.Error}");
        await killed.Task.WaitAsync(ProgramProcess.Patience);
        await NoteDoubtsAsync();
    }

    /// <summary>Learns from the journal of a program that was killed which submissions nobody can account for.</summary>
    public async Task NoteDoubtsAsync()
    {
        await _gateway.QuietAsync();
        var journal = await Results.ReadJournalAsync();
        Assert.Equal(_inDoubt.Order(), (journal?.NamesIn(JobStage.InDoubt) ?? []).Order());
        _inDoubt.UnionWith(journal?.NamesIn(JobStage.Submitting) ?? []);
        // Whoever was asked after was on record before.
        foreach (var polled in Seen.Submissions.Where(prediction => Seen.PollsOf(prediction.Id) > 0))
            Assert.Contains(journal!.Jobs, job => job.PredictionId == polled.Id);
    }

    /// <summary>Runs to the end; only jobs in doubt keep it from success.</summary>
    public async Task FinishAsync(params string[] args)
    {
        At(_ => Task.FromResult(Deed.PassOn));
        var (code, output, error) = await RunAsync(args);
        Assert.True(code == (_inDoubt.Count == 0 ? 0 : 3), $"{code}: {output} {error}");
    }

    /// <summary>Holds files, manifest, journal, ledger and what the simulator has seen against each other.</summary>
    public async Task AssertAllIsAccountedForAsync()
    {
        var manifest = Results.Manifest;
        Assert.Equal(4, manifest.Results.Count);
        Assert.Equal(_inDoubt.Order(), manifest.Results.Where(entry => entry.Status == "in_doubt").Select(entry => entry.Name).Order());
        Assert.Equal(4 - _inDoubt.Count, manifest.Successful);
        Assert.Equal(_inDoubt.Count, manifest.InDoubt);
        Assert.Equal(Seen.Submissions.Count, Seen.Submissions.Select(prediction => prediction.Prompt).Distinct().Count());
        Assert.Equal(Seen.Submissions.Count, Seen.SubmitRequests);
        foreach (var entry in manifest.Results.Where(entry => entry.Status != "in_doubt"))
            await AssertIsThereAsync(entry);
        Assert.Empty(Results.Leftovers);
        await AssertMoneyAsync(manifest);
    }

    public async ValueTask DisposeAsync()
    {
        await _runs.DisposeAsync();
        await _gateway.DisposeAsync();
        await _atlas.DisposeAsync();
    }

    private async Task AssertIsThereAsync(ManifestEntry entry)
    {
        Assert.Equal("success", entry.Status);
        Assert.Equal(1, entry.Submissions);
        var prediction = Assert.Single(Seen.Submissions, prediction => prediction.Id == entry.PredictionId);
        Assert.Equal(prediction.Price, entry.Cost);
        using var client = new HttpClient();
        var made = await client.GetByteArrayAsync(new Uri(_atlas.BaseUrl, "/outputs/" + prediction.OutputNames().Single()));
        Assert.Equal(made, Results.BytesOf(entry));
    }

    private async Task AssertMoneyAsync(ManifestFile manifest)
    {
        var journal = (await Results.ReadJournalAsync())!;
        Assert.Equal(manifest.TotalCost, journal.Ledger.Charged.Amount);
        Assert.Equal(manifest.TotalCost, manifest.Results.Sum(entry => entry.Cost));
        Assert.Equal(manifest.TotalCost, journal.Batch.Money.Charged.Amount);
        Assert.Equal(manifest.PossibleCost, journal.Ledger.InDoubt.Amount);
        Assert.Equal(manifest.PossibleCost, manifest.Results.Sum(entry => entry.PossibleCost));
        Assert.Equal(0, journal.Ledger.Reserved.Amount);
        // What the ledger has as charged is charged, and what is charged beyond that is in doubt.
        Assert.InRange(
            Seen.Submissions.Where(prediction => prediction.IsCharged).Sum(prediction => prediction.Price),
            manifest.TotalCost, manifest.TotalCost + manifest.PossibleCost);
    }
}
