namespace AtlasActors.Gate;

/// <summary>
/// One batch at the gate: what of it waits, by model and oldest first, and how much of it is in flight. Batches share by
/// weight; one of which nothing is in flight though it waits weighs twice as much with every age that passes.
/// </summary>
internal sealed class BatchLine
{
    /// <summary>More doublings change nothing: a thousandfold weight is before everybody's.</summary>
    private const int MostAges = 10;

    private readonly Dictionary<string, Queue<(long Ticket, Leave Leave)>> _byModel = [];
    private readonly Dictionary<Leave, long> _tickets = [];
    private DateTimeOffset _idleSince;
    private int _inFlight;

    /// <summary>Its part where batches compete.</summary>
    public int Weight { get; set; } = 1;

    /// <summary>The ticket with which it was served last, or came: of two equal ones the smaller is next.</summary>
    public long Turn { get; private set; }

    /// <summary>Nothing waits and nothing is in flight.</summary>
    public bool IsEmpty => _tickets.Count == 0 && _inFlight == 0;

    /// <summary>Whether something waits.</summary>
    public bool Waits => _tickets.Count > 0;

    /// <summary>The models for which something waits.</summary>
    public IEnumerable<string> Models => _byModel.Keys;

    /// <summary>Somebody wants to submit; asking twice is asking once.</summary>
    public void Add(Leave leave, long ticket, DateTimeOffset now)
    {
        if (!_tickets.TryAdd(leave, ticket)) return;
        if (_tickets.Count == 1 && _inFlight == 0)
            (_idleSince, Turn) = (now, ticket);
        if (!_byModel.TryGetValue(leave.Model, out var queue))
            _byModel[leave.Model] = queue = new();
        queue.Enqueue((ticket, leave));
    }

    /// <summary>It is not wanted any more.</summary>
    public void Remove(Leave leave)
    {
        if (_tickets.Remove(leave))
            DropWhatLeft(leave.Model);
    }

    /// <summary>The oldest that waits for a model whose way is open, or null.</summary>
    public Leave? Next(Func<string, bool> isOpen)
    {
        (long Ticket, Leave Leave)? oldest = null;
        foreach (var (model, queue) in _byModel)
            if (isOpen(model) && (oldest is not { } best || queue.Peek().Ticket < best.Ticket))
                oldest = queue.Peek();
        return oldest?.Leave;
    }

    /// <summary>It goes.</summary>
    public void Go(Leave leave, long turn)
    {
        Remove(leave);
        _inFlight++;
        Turn = turn;
    }

    /// <summary>One is back.</summary>
    public void Return(DateTimeOffset now)
    {
        if (--_inFlight == 0)
            _idleSince = now;
    }

    /// <summary>
    /// What it would have in flight with one more, for each part of its weight: the batch with the smallest share is next.
    /// </summary>
    public double Share(DateTimeOffset now, TimeSpan age)
    {
        var ages = _inFlight == 0 ? Math.Clamp(Math.Floor((now - _idleSince) / age), 0, MostAges) : 0;
        return (_inFlight + 1) / (Weight * Math.Pow(2, ages));
    }

    /// <summary>What was taken back stays in the queue until it comes to its head.</summary>
    private void DropWhatLeft(string model)
    {
        var queue = _byModel[model];
        while (queue.TryPeek(out var head) && _tickets.GetValueOrDefault(head.Leave) != head.Ticket)
            queue.Dequeue();
        if (queue.Count == 0)
            _byModel.Remove(model);
    }
}
