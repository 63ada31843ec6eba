using Akka.Actor;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>What happened in a soak, in numbers.</summary>
internal sealed class Tally
{
    private long _actors;
    private long _instances;
    private long _ends;
    private long _ticks;
    private long _silences;
    private long _events;
    private long _replayed;
    private readonly long[] _decisions = new long[4];

    public long Actors => Interlocked.Read(ref _actors);

    public long Ends => Interlocked.Read(ref _ends);

    /// <summary>Gives the actor its number.</summary>
    public int Born() => (int)Interlocked.Increment(ref _actors);

    public void Made() => Interlocked.Increment(ref _instances);

    public void Died() => Interlocked.Increment(ref _ends);

    public void Ticked() => Interlocked.Increment(ref _ticks);

    public void Silent() => Interlocked.Increment(ref _silences);

    public void Persisted() => Interlocked.Increment(ref _events);

    public void Replayed() => Interlocked.Increment(ref _replayed);

    public void Count(Directive directive) => Interlocked.Increment(ref _decisions[(int)directive]);

    public override string ToString() =>
        $"{_actors} actors, {_instances} instances, {_ends} ends told, failures: "
        + string.Join(", ", Enum.GetValues<Directive>().Select(one => $"{_decisions[(int)one]} {one}"))
        + $"; {_ticks} ticks, {_silences} silences, {_events} events, {_replayed} replayed";
}
