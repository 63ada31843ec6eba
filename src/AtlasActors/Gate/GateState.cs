using AtlasActors.Batches;
using AtlasActors.Telemetry;

namespace AtlasActors.Gate;

/// <summary>
/// Who may submit now. One limit for the account, which the batches share by weight; and for each model a limit that a 429
/// halves and accepted submissions widen again, with a pause after the 429. Time is handed in.
/// </summary>
internal sealed class GateState(GateLimits limits)
{
    private GateLimits _limits = limits;
    private readonly Dictionary<BatchId, BatchLine> _lines = [];
    private readonly Dictionary<string, ModelWay> _ways = [];
    private readonly HashSet<Leave> _out = [];
    private readonly HashSet<Leave> _unanswered = [];
    private long _tickets;

    /// <summary>Whether it is granted and not given back.</summary>
    public bool IsOut(Leave leave) => _out.Contains(leave);

    /// <summary>Somebody wants to submit. Asking twice is asking once; the batch weighs what was said last.</summary>
    public void Request(Leave leave, BatchPriority priority, DateTimeOffset now)
    {
        if (!IsOut(leave)) LineOf(leave.Batch, priority).Add(leave, ++_tickets, now);
    }

    /// <summary>It is in flight already, over the limits if need be.</summary>
    public void Take(Leave leave, BatchPriority priority, DateTimeOffset now)
    {
        if (IsOut(leave)) return;
        var line = LineOf(leave.Batch, priority);
        line.Add(leave, ++_tickets, now);
        Go(line, leave);
    }

    /// <summary>The submission of one that was granted is answered.</summary>
    public void Answered(Leave leave) => _unanswered.Remove(leave);

    /// <summary>Atlas is done with it, or it is not wanted any more.</summary>
    public void Return(Leave leave, DateTimeOffset now)
    {
        if (!_lines.TryGetValue(leave.Batch, out var line)) return;
        Answered(leave);
        if (_out.Remove(leave))
        {
            WayOf(leave.Model).InFlight--;
            line.Return(now);
        }
        line.Remove(leave);
        if (line.IsEmpty)
            _lines.Remove(leave.Batch);
    }

    /// <summary>Atlas took a submission: the model's way widens.</summary>
    public void Accepted(string model) => WayOf(model).Widen();

    /// <summary>Atlas answered 429: the model's way narrows, and opens after the wait.</summary>
    public void RateLimited(string model, TimeSpan? retryAfter, TimeSpan unit, DateTimeOffset now) =>
        WayOf(model).Narrow(retryAfter, unit, now);

    /// <summary>These are the limits from now on; what is in flight over them comes back by and by.</summary>
    public void Use(GateLimits limits)
    {
        _limits = limits;
        foreach (var (model, way) in _ways) way.Use(limits.Of(model));
    }

    /// <summary>Hands out what can be handed out, each to the batch with the smallest share, and of it the oldest that may go.</summary>
    public IReadOnlyList<Leave> Grant(DateTimeOffset now)
    {
        var granted = new List<Leave>();
        if (IsFull) return granted;
        var waiting = new PriorityQueue<BatchLine, (double Share, long Turn)>();
        foreach (var line in _lines.Values.Where(line => line.Waits)) Enter(line);
        while (!IsFull && waiting.TryDequeue(out var line, out _))
        {
            if (line.Next(model => WayOf(model).IsOpen(now)) is not { } leave) continue;
            Go(line, leave);
            _unanswered.Add(leave);
            granted.Add(leave);
            if (line.Waits) Enter(line);
        }
        return granted;

        void Enter(BatchLine line) => waiting.Enqueue(line, (line.Share(now, _limits.Age), line.Turn));
    }

    /// <summary>Why those wait who wait for a model.</summary>
    public string WhyWaits(string model, DateTimeOffset now)
    {
        var why = WayOf(model).WhyClosed(now);
        return why == WaitReasons.RateLimited ? why
            : _out.Count >= _limits.Account ? WaitReasons.AccountLimit
            : why ?? WaitReasons.SubmissionLimit;
    }

    /// <summary>When a way opens for which somebody waits; null when none will by the mere passing of time.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset now) => _lines.Values
        .SelectMany(line => line.Models)
        .Select(WayOf)
        .Where(way => way.ClosedUntil > now)
        .Min(way => (DateTimeOffset?)way.ClosedUntil);

    private bool IsFull => _out.Count >= _limits.Account || _unanswered.Count >= _limits.Submissions;

    private BatchLine LineOf(BatchId batch, BatchPriority priority)
    {
        if (!_lines.TryGetValue(batch, out var line))
            _lines[batch] = line = new BatchLine();
        line.Weight = priority switch { BatchPriority.High => 4, BatchPriority.Low => 1, _ => 2 };
        return line;
    }

    private void Go(BatchLine line, Leave leave)
    {
        line.Go(leave, ++_tickets);
        _out.Add(leave);
        WayOf(leave.Model).InFlight++;
    }

    private ModelWay WayOf(string model) =>
        _ways.TryGetValue(model, out var way) ? way : _ways[model] = new ModelWay(_limits.Of(model));
}
