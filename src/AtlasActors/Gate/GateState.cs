using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Gate;

/// <summary>The right to submit one job; whoever has it gives it back when Atlas is done with the job.</summary>
internal sealed record Leave(BatchId Batch, int Job, string Model);

/// <summary>
/// Who may submit now. One limit for the account, shared by the batches in turn; and for each model a limit that a 429
/// halves and every accepted submission widens again, with a pause after the 429. Time is handed in.
/// </summary>
internal sealed class GateState(int accountLimit)
{
    private readonly List<(BatchId Batch, List<Leave> Leaves)> _waiting = [];
    private readonly Dictionary<string, Way> _ways = [];
    private readonly HashSet<Leave> _out = [];
    private int _turn;

    /// <summary>Whether it is granted and not given back.</summary>
    public bool IsOut(Leave leave) => _out.Contains(leave);

    /// <summary>Somebody wants to submit. Asking twice is asking once.</summary>
    public void Request(Leave leave)
    {
        if (IsOut(leave)) return;
        var queue = _waiting.Find(entry => entry.Batch == leave.Batch).Leaves;
        if (queue is null)
            _waiting.Add((leave.Batch, queue = []));
        if (!queue.Contains(leave))
            queue.Add(leave);
    }

    /// <summary>Atlas is done with it, or it is not wanted any more.</summary>
    public void Return(Leave leave)
    {
        if (_out.Remove(leave))
            WayOf(leave.Model).InFlight--;
        _waiting.Find(entry => entry.Batch == leave.Batch).Leaves?.Remove(leave);
    }

    /// <summary>Atlas took a submission: the model's way widens.</summary>
    public void Accepted(string model)
    {
        var way = WayOf(model);
        way.Refusals = 0;
        way.Limit += 1 / way.Limit;
    }

    /// <summary>
    /// Atlas answered 429: the model's way narrows to half of what is on it, and opens after the wait. Those that were
    /// sent before it narrowed, and are answered with 429 too, are the same storm: they narrow it no further.
    /// </summary>
    public void RateLimited(string model, TimeSpan? retryAfter, TimeSpan unit, DateTimeOffset now)
    {
        var way = WayOf(model);
        if (now >= way.ClosedUntil)
        {
            way.Limit = Math.Max(1, Math.Min(way.Limit, way.InFlight) / 2);
            way.Refusals++;
        }
        var opens = now + (retryAfter ?? RetrySchedule.AfterRateLimit(way.Refusals, unit));
        if (opens > way.ClosedUntil)
            way.ClosedUntil = opens;
    }

    /// <summary>Hands out what can be handed out: the batches in turn, of each the oldest that may go.</summary>
    public IReadOnlyList<Leave> Grant(DateTimeOffset now)
    {
        var granted = new List<Leave>();
        for (var passed = 0; passed < _waiting.Count && _out.Count < accountLimit;)
        {
            _turn %= _waiting.Count;
            var (_, leaves) = _waiting[_turn];
            var next = leaves.FindIndex(leave => WayOf(leave.Model).IsOpen(now));
            if (next < 0)
            {
                passed++;
                _turn++;
                continue;
            }
            granted.Add(Take(leaves, next));
            passed = 0;
            if (leaves.Count > 0) _turn++;
            else _waiting.RemoveAt(_turn);
        }
        return granted;
    }

    /// <summary>When a way opens for which somebody waits; null when none will by the mere passing of time.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset now) => _waiting
        .SelectMany(entry => entry.Leaves)
        .Select(leave => WayOf(leave.Model))
        .Where(way => way.ClosedUntil > now)
        .Min(way => (DateTimeOffset?)way.ClosedUntil);

    private Leave Take(List<Leave> leaves, int index)
    {
        var leave = leaves[index];
        leaves.RemoveAt(index);
        _out.Add(leave);
        WayOf(leave.Model).InFlight++;
        return leave;
    }

    private Way WayOf(string model) => _ways.TryGetValue(model, out var way) ? way : _ways[model] = new Way();

    private sealed class Way
    {
        public int InFlight { get; set; }
        public double Limit { get; set; } = int.MaxValue;
        public int Refusals { get; set; }
        public DateTimeOffset ClosedUntil { get; set; }

        public bool IsOpen(DateTimeOffset now) => now >= ClosedUntil && InFlight + 1 <= Limit;
    }
}
