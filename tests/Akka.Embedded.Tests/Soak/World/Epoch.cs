using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>What all actors of one epoch share: the books, and an address list in which the dead stay for a while.</summary>
internal sealed class Epoch(int seed, SoakLimits limits, MessageBook messages, Findings findings, Tally tally)
{
    private readonly ConcurrentDictionary<IActorRef, CellRecord> _byRef = new();
    private readonly ConcurrentDictionary<int, CellRecord> _byId = new();
    private readonly CellRecord?[] _addresses = new CellRecord?[limits.LiveActors * 2];
    private readonly Shelf[] _shelves = [.. Enumerable.Range(0, 30).Select(i => new Shelf($"{seed}-{i}", findings))];
    private int _nextAddress;
    private int _live;
    private long _timers;
    private long _failures;

    public int Seed => seed;

    public SoakLimits Limits => limits;

    public MessageBook Messages => messages;

    public Findings Findings => findings;

    public Tally Tally => tally;

    /// <summary>While true, actors do as they please; then only what was begun is ended.</summary>
    public bool Lively { get; set; } = true;

    public IActorRef Mourner { get; set; } = ActorRefs.Nobody;

    public int Live => Volatile.Read(ref _live);

    public bool HasRoom => Live < limits.LiveActors;

    /// <summary>When few are left, more are to be born.</summary>
    public Deed NextDeed(Chance chance) => IsPeopled || chance.OneIn(2) ? chance.NextDeed() : Deed.Spawn;

    private bool IsPeopled => Live > limits.LiveActors / 2;

    public IEnumerable<CellRecord> Cells => _byId.Values;

    public long NextTimer() => Interlocked.Increment(ref _timers);

    public long NextFailure() => Interlocked.Increment(ref _failures);

    public Chance ChanceFor(int stream, int instance) => new(seed, stream, instance);

    public IActorRef Start(IActorRefFactory context, CellRecord? parent, Chance chance, Func<CellRecord, Props> props)
    {
        var supervision = parent is null ? new Supervision(AllForOne: false, -1, -1) : chance.Supervision();
        var cell = new CellRecord(tally.Born(), parent, supervision, findings);
        _byId[cell.Id] = cell;
        Interlocked.Increment(ref _live);
        var actor = context.ActorOf(props(cell));
        Introduce(cell, actor);
        return actor;
    }

    /// <summary>By its parent or by itself, whoever comes first.</summary>
    public void Introduce(CellRecord cell, IActorRef actor)
    {
        cell.Ref = actor;
        if (!_byRef.TryAdd(actor, cell) || cell.Parent is null)
            return;
        lock (_addresses)
            _addresses[FreeAddress()] = cell;
        Mourner.Tell(cell, ActorRefs.NoSender);
    }

    /// <summary>New, or of the one that has been dead the longest.</summary>
    private int FreeAddress()
    {
        var address = _nextAddress;
        while (_addresses[address % _addresses.Length] is { Ended: false })
            address++;
        _nextAddress = address + 1;
        return address % _addresses.Length;
    }

    public Shelf AnyShelf(Chance chance) => _shelves[chance.Below(_shelves.Length)];

    public CellRecord? Find(IActorRef actor) => _byRef.GetValueOrDefault(actor);

    public bool HasEnded(int cell) => _byId[cell].Ended;

    /// <summary>Anyone, and sometimes one that is dead already; null while there is nobody yet.</summary>
    public CellRecord? Anyone(Chance chance)
    {
        var known = Math.Min(Volatile.Read(ref _nextAddress), _addresses.Length);
        if (known == 0)
            return null;
        var one = _addresses[chance.Below(known)];
        for (var i = 0; i < 8 && one is { Ended: true } && !chance.OneIn(20); i++)
            one = _addresses[chance.Below(known)];
        return one;
    }

    public void Mourn(CellRecord cell)
    {
        if (cell.Ended)
            findings.Report($"the end of {cell} was told twice");
        Interlocked.Decrement(ref _live);
        tally.Died();
        if (cell.End() is IAccounted cut)
            messages.Settle(cut.Id, End.CutShort);
    }
}
