using AtlasActors.Batches;
using AtlasActors.Host.Serving.Records;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>
/// What the schedules have seen to. A firing is in here before its batch is begun, in one transaction with the cursor that
/// says that its instant is decided on: what a crash cuts off is begun after it, under the same id.
/// </summary>
internal sealed class ScheduleLedger(SqliteConnection file) : IDisposable
{
    private const string Columns = "batch, schedule, due, state, asked, note, since";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly Lock _gate = new();

    public static ScheduleLedger Open(string path) => new(SchedulesFile.Open(path));

    public IReadOnlyList<ScheduleLine> Lines()
    {
        lock (_gate)
            return file.Query<ScheduleLine>(
                "SELECT name, cron, zone, cursor, paused, held, gone FROM schedules ORDER BY name").AsList();
    }

    public ScheduleLine? Find(string name) => Lines().FirstOrDefault(line => line.Name == name);

    public void Put(ScheduleLine line)
    {
        lock (_gate)
            file.Execute(
                """
                INSERT INTO schedules (name, cron, zone, cursor, paused, held, gone)
                VALUES (@Name, @Cron, @Zone, @Cursor, @Paused, @Held, @Gone)
                ON CONFLICT DO UPDATE SET cron = excluded.cron, zone = excluded.zone, cursor = excluded.cursor,
                  paused = excluded.paused, held = excluded.held, gone = excluded.gone
                """, line);
    }

    /// <summary>Puts down what is decided, and up to where the schedule is seen to with that.</summary>
    public void Decide(string schedule, FiringPlan plan, DateTimeOffset now)
    {
        lock (_gate)
            InTransaction(() =>
            {
                foreach (var firing in plan.Firings)
                    file.Execute(
                        $"INSERT OR IGNORE INTO firings ({Columns}, ended) "
                        + "VALUES (@batch, @schedule, @due, @state, 0, @Note, @since, @ended)",
                        new
                        {
                            batch = Firing.IdOf(schedule, firing.Due).Value, schedule, due = firing.Due.UtcTicks,
                            state = Words.Of(firing.State), firing.Note, since = now.UtcTicks,
                            ended = firing.State is FiringState.Due or FiringState.Queued ? 0 : 1,
                        });
                file.Execute(
                    "UPDATE schedules SET cursor = @cursor WHERE name = @schedule",
                    new { schedule, cursor = plan.Cursor.UtcTicks });
            });
    }

    /// <summary>Puts down a firing that a person asks for. One that is there and failed is tried again.</summary>
    public Firing Ask(string schedule, BatchId batch, DateTimeOffset now)
    {
        var firing = new Firing
        {
            Batch = batch.Value, Schedule = schedule, Due = now.UtcTicks, State = Words.Of(FiringState.Due), Asked = 1,
            Since = now.UtcTicks,
        };
        lock (_gate)
        {
            file.Execute(
                $"""
                INSERT INTO firings ({Columns}) VALUES (@Batch, @Schedule, @Due, @State, @Asked, @Note, @Since)
                ON CONFLICT DO UPDATE SET state = excluded.state, note = NULL, since = excluded.since, ended = 0
                WHERE state = 'failed'
                """, firing);
            return file.QuerySingle<Firing>($"SELECT {Columns} FROM firings WHERE batch = @Batch", firing);
        }
    }

    /// <summary>Notes what became of a firing.</summary>
    public void Note(BatchId batch, FiringState state, string? note, DateTimeOffset now)
    {
        lock (_gate)
            file.Execute(
                """
                UPDATE firings SET state = @state, note = coalesce(@note, note), since = @since,
                  ended = @state NOT IN ('due', 'queued', 'started')
                WHERE batch = @batch
                """,
                new { batch = batch.Value, state = Words.Of(state), note, since = now.UtcTicks });
    }

    /// <summary>The batch of a firing that was started has ended, or is nowhere any more.</summary>
    public void End(BatchId batch)
    {
        lock (_gate)
            file.Execute("UPDATE firings SET ended = 1 WHERE batch = @batch", new { batch = batch.Value });
    }

    /// <summary>The firings of all schedules that have not come to an end, or whose batch has not, by instant.</summary>
    public IReadOnlyList<Firing> Unfinished(string schedule)
    {
        lock (_gate)
            return file.Query<Firing>(
                $"SELECT {Columns} FROM firings WHERE schedule = @schedule AND ended = 0 ORDER BY due, batch",
                new { schedule }).AsList();
    }

    /// <summary>The last firing of a schedule, whatever became of it; null where it never fired.</summary>
    public Firing? Last(string schedule)
    {
        lock (_gate)
            return file.QueryFirstOrDefault<Firing>(
                $"SELECT {Columns} FROM firings WHERE schedule = @schedule ORDER BY due DESC, batch DESC LIMIT 1",
                new { schedule });
    }

    /// <summary>Removes what has ended and is 90 days old, but each schedule's last.</summary>
    public void Clean(DateTimeOffset now)
    {
        lock (_gate)
            file.Execute(
                """
                DELETE FROM firings WHERE ended = 1 AND since <= @before
                  AND due < (SELECT max(due) FROM firings other WHERE other.schedule = firings.schedule)
                """,
                new { before = (now - Kept).UtcTicks });
    }

    public void Dispose() => file.Dispose();

    /// <summary>
    /// Not the library's own: a commit that SQLite refuses and rolls back by itself would leave that one open for good.
    /// </summary>
    private void InTransaction(Action work)
    {
        file.Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            file.Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    private void RollBack()
    {
        try
        {
            file.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has done so itself.
        }
    }
}
