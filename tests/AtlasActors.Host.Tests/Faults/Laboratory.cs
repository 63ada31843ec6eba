using System.Text.Json;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>
/// One batch with the real program, against a simulator behind a gateway that makes trouble; the program is ended again and
/// again while it works, and begun again until the batch is through.
/// </summary>
internal sealed class Laboratory : IAsyncDisposable
{
    private const int OwnFault = 1;
    private const int Killed = 137;
    private const int Interrupted = 130;

    private readonly LabOrder _order;
    private readonly FaultPlan _plan;
    private readonly AtlasSimulator _atlas;
    private readonly Gateway _gateway;
    private readonly ProgramRuns _runs = new();
    private readonly HashSet<string> _lost = [];
    private readonly Lock _gate = new();

    private Laboratory(LabOrder order, AtlasSimulator atlas, Gateway gateway)
    {
        (_order, _plan, _atlas, _gateway) = (order, new FaultPlan(order), atlas, gateway);
        _runs.With("ATLASCLOUD_BASE_URL", gateway.BaseUrl.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        // So long a hang is borne. An answer to a submission that this machine is too slow for would be in doubt, and nobody's
        // fault: that takes the longest time.
        _runs.With("ATLAS_SUBMIT_TIMEOUT", "15").With("ATLAS_POLL_TIMEOUT", "2").With("ATLAS_DOWNLOAD_TIMEOUT", "2");
        File.WriteAllText(_runs.File("pack.yaml"), LabBatch.Text(order));
    }

    public ResultFolder Results => new(_runs.Folder, "out");

    public SeenTraffic Seen => _atlas.Seen;

    /// <summary>How often the program was ended from outside.</summary>
    public int Ends { get; private set; }

    /// <summary>The jobs of which nobody can say whether Atlas took them.</summary>
    public IReadOnlySet<string> Lost => _lost;

    public static async Task<Laboratory> OpenAsync(LabOrder order)
    {
        var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Speed = 2000, Seed = order.Seed });
        return new Laboratory(order, atlas, await Gateway.StartAsync(atlas.BaseUrl));
    }

    /// <summary>Runs the batch to its end, with so many ends of the program on the way, if it lasts that long.</summary>
    public async Task RunAsync(int mostEnds)
    {
        for (var run = 1; ; run++)
        {
            var end = Ends < mostEnds ? LabEnd.Of(_plan.Lot(-1, run), run) : LabEnd.None;
            var code = await RunOnceAsync(end, run == 1 || run % 2 == 0 ? ["run", "pack.yaml", "--quiet"] : ["resume", "out", "--quiet"]);
            if (code is not (Killed or Interrupted))
                return;
            Ends++;
            await NoteLostAsync();
        }
    }

    /// <summary>So many runs on disks that are full sooner or later, and then a plain one on a disk that is well.</summary>
    public async Task RunOnFullDisksAsync(int runs)
    {
        for (var run = 1; run <= runs; run++)
        {
            var code = await RunOnceAsync(LabEnd.None with { Room = _plan.Lot(-2, run).Next(8, 1500) }, "run", "pack.yaml", "--quiet");
            if (code == OwnFault) Ends++;
            await NoteLostAsync();
        }
        Assert.NotEqual(OwnFault, await RunOnceAsync(LabEnd.None, "run", "pack.yaml", "--quiet"));
    }

    private async Task<int> RunOnceAsync(LabEnd end, params string[] args)
    {
        var started = new TaskCompletionSource<ProgramProcess>();
        var requests = 0;
        var isOver = 0;
        _gateway.At = async moment =>
        {
            if (Volatile.Read(ref isOver) == 1) return Deed.Cut;
            if (end.AtRequest > 0 && Interlocked.Increment(ref requests) == end.AtRequest)
            {
                if (!end.IsGentle) Volatile.Write(ref isOver, 1);
                end.Do(await started.Task);
                if (!end.IsGentle) return Deed.Cut;
            }
            return Judge(moment);
        };
        var program = _runs.StartWithRoom(end.Room, args);
        started.SetResult(program);
        if (end.After is { } wait)
        {
            await Task.Delay(wait);
            Volatile.Write(ref isOver, end.IsGentle ? 0 : 1);
            end.Do(program);
        }
        // A batch of thousands takes its time, the more so with silences in it.
        var code = await program.EndsAsync(ProgramProcess.Patience + TimeSpan.FromSeconds(0.2 * _order.Jobs));
        var isExpected = code is 0 or 3 or Killed or Interrupted || (code == OwnFault && end.Room is not null);
        Assert.True(isExpected, $"Seed {_order.Seed}: {code}: {program.Out} {program.Error}");
        return code;
    }

    private Deed Judge(Moment moment)
    {
        if (moment.Kind == RequestKind.Poll && moment.Number % 10 == 0) AssertManifestIsWhole();
        var (deed, isLost) = _plan.At(moment);
        if (isLost)
            lock (_gate) _lost.Add(LabBatch.NameOf(_gateway.Bodies[moment.Number]));
        return deed;
    }

    /// <summary>Whoever reads it, at whatever moment, finds JSON.</summary>
    private void AssertManifestIsWhole()
    {
        if (File.Exists(Path.Combine(Results.FullPath, "manifest.json")))
            JsonDocument.Parse(Results.ManifestText).Dispose();
    }

    /// <summary>What had an intent and no answer when the program was ended is lost.</summary>
    private async Task NoteLostAsync()
    {
        await _gateway.QuietAsync();
        if (!Directory.Exists(Path.GetDirectoryName(Results.Journal)) || await Results.ReadJournalAsync() is not { } journal)
            return;
        lock (_gate) _lost.UnionWith(journal.NamesIn(JobStage.Submitting));
        Assert.Empty(journal.NamesIn(JobStage.InDoubt).Except(_lost));
    }

    public async ValueTask DisposeAsync()
    {
        await _runs.DisposeAsync();
        await _gateway.DisposeAsync();
        await _atlas.DisposeAsync();
    }
}
