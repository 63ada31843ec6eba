using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Host.Serving;
using AtlasActors.Host.Serving.Records;
using AtlasActors.Host.Serving.Scheduling;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>A clock that shows what it is told to.</summary>
internal sealed class ToldClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>
/// A service's schedules with scripted batches, a clock of their own, and a process that can be ended before any write: of
/// the ledger's, or of a batch's into the journal.
/// </summary>
internal sealed class ScheduledWorld : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ScheduleLedger _ledger;
    private int? _writesLeft;

    public ScheduledWorld(DateTimeOffset start)
    {
        Clock = new ToldClock(start);
        Batches = new ScriptedBatches { Recording = _ => Write() };
        File.WriteAllText(_folder.File("pack.yaml"), Files.Pack);
        (_ledger, Rounds) = Open();
    }

    public ToldClock Clock { get; }

    public ScriptedBatches Batches { get; }

    public ScheduleRounds Rounds { get; private set; }

    public ScheduleLedger Ledger => _ledger;

    /// <summary>The ids of the batches in the journal, in the order in which they came.</summary>
    public IEnumerable<string> Begun => Batches.Known.Select(batch => batch.Id.Value);

    public string PackFile => _folder.File("pack.yaml");

    public ScheduleSettings Schedule(
        string cron, OverlapPolicy overlap = OverlapPolicy.Allow, MisfirePolicy misfire = MisfirePolicy.Once,
        string zone = "UTC", string name = "pack") =>
        new(name, CronTimes.Find(cron, zone)!, "pack.yaml", PackFile) { Overlap = overlap, Misfire = misfire };

    /// <summary>The next process: it reads what the one before left, and has these schedules.</summary>
    public async Task RestartAsync(params ScheduleSettings[] schedules)
    {
        _writesLeft = null;
        _ledger.Dispose();
        (_ledger, Rounds) = Open();
        await Rounds.ReplaceAsync(schedules);
    }

    /// <summary>The time comes, and the process sees to its schedules.</summary>
    public Task<ScheduleRest> AtAsync(DateTimeOffset now)
    {
        Clock.Now = now;
        return Rounds.RunAsync();
    }

    /// <summary>From now on there are only so many writes; the next one ends the process.</summary>
    public void CrashAfter(int writes) => _writesLeft = writes;

    /// <summary>A batch ends.</summary>
    public void End(string batch)
    {
        var place = Batches.Known.FindIndex(known => known.Id.Value == batch);
        Batches.Known[place] = Batches.Known[place] with { Phase = BatchPhase.Finished };
    }

    /// <summary>All firings, such as <c>07:10 started</c>, by instant.</summary>
    public IReadOnlyList<string> Firings(string format = "HH:mm")
    {
        using var file = new SqliteConnection($"Data Source={_folder.File("schedules.db")};Pooling=False");
        return [.. file.Query<(long Due, string State)>("SELECT due, state FROM firings ORDER BY due, batch").Select(
            firing => $"{new DateTimeOffset(firing.Due, TimeSpan.Zero).ToString(format, CultureInfo.InvariantCulture)} {firing.State}")];
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    private (ScheduleLedger, ScheduleRounds) Open()
    {
        var file = SchedulesFile.Open(_folder.File("schedules.db"));
        // No power fails here.
        file.Execute("PRAGMA synchronous = OFF");
        SQLitePCL.raw.sqlite3_commit_hook(file.Handle, _ => Spend() ? 0 : 1, null);
        var ledger = new ScheduleLedger(file);
        var start = new ScheduledStart(Batches, _ => Task.CompletedTask, new SettingsInForce(new ServiceSettings()), arePrivateAllowed: false);
        return (ledger, new ScheduleRounds(ledger, start, Clock, NullLogger.Instance));
    }

    private void Write()
    {
        if (!Spend()) throw new CrashException();
    }

    private bool Spend()
    {
        if (_writesLeft is not { } left) return true;
        _writesLeft = Math.Max(0, left - 1);
        return left > 0;
    }
}

/// <summary>The process ends here.</summary>
internal sealed class CrashException : Exception;
