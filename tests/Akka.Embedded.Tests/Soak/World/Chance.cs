namespace Akka.Embedded.Tests.Soak.World;

/// <summary>The dice of one instance of one actor, the same for the same seed.</summary>
internal sealed class Chance(int seed, int stream, int instance)
{
    private static readonly (Deed Deed, int Weight)[] s_weights =
    [
        (Deed.Nothing, 120), (Deed.Throw, 16), (Deed.Await, 20), (Deed.AwaitAndThrow, 6), (Deed.Close, 20),
        (Deed.Open, 4), (Deed.Become, 10), (Deed.Unbecome, 10), (Deed.StartTimer, 20), (Deed.StartPeriodicTimer, 8),
        (Deed.CancelTimer, 16), (Deed.CancelTimers, 4), (Deed.HeedSilence, 6), (Deed.IgnoreSilence, 6),
        (Deed.Watch, 24), (Deed.WatchWith, 10), (Deed.Unwatch, 10), (Deed.Spawn, 60), (Deed.StopChild, 3),
        (Deed.StopSelf, 2), (Deed.StopOther, 1), (Deed.Poison, 2), (Deed.Kill, 2), (Deed.StopGracefully, 2),
        (Deed.Ask, 24), (Deed.Forward, 16), (Deed.Schedule, 10), (Deed.ScheduleAndCancel, 6),
        (Deed.LeaveUnhandled, 8), (Deed.PipeFault, 4), (Deed.Persist, 20), (Deed.PersistAll, 8),
        (Deed.PersistAsync, 20), (Deed.PersistAndThrow, 4), (Deed.PersistInVain, 1), (Deed.PersistRejected, 4),
        (Deed.Defer, 8), (Deed.TakeSnapshot, 4), (Deed.DeleteEvents, 4)
    ];

    private static readonly Deed[] s_deeds =
        [.. s_weights.SelectMany(entry => Enumerable.Repeat(entry.Deed, entry.Weight))];

    private static readonly Deed[] s_answers =
        [Deed.Answer, Deed.Answer, Deed.Answer, Deed.AnswerWithFailure, Deed.Nothing, Deed.Throw, Deed.Await];

    private readonly Random _random = new(unchecked((((seed * 7919) + stream) * 7919) + instance));

    public int Below(int limit) => _random.Next(limit);

    public bool OneIn(int count) => _random.Next(count) == 0;

    public Deed NextDeed() => s_deeds[_random.Next(s_deeds.Length)];

    public Deed NextDeedOnAsk() => s_answers[_random.Next(s_answers.Length)];

    public TimeSpan Milliseconds(int from, int below) => TimeSpan.FromMilliseconds(_random.Next(from, below));

    public Akka.Actor.Directive Directive() => _random.Next(20) switch
    {
        < 8 => Akka.Actor.Directive.Resume,
        < 17 => Akka.Actor.Directive.Restart,
        < 19 => Akka.Actor.Directive.Escalate,
        _ => Akka.Actor.Directive.Stop
    };

    public Books.Supervision Supervision() => new(
        AllForOne: OneIn(5),
        Retries: OneIn(3) ? _random.Next(0, 10) : -1,
        WindowMilliseconds: OneIn(3) ? _random.Next(1, 200) : -1);
}
