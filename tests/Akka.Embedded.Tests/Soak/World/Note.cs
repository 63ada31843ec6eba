using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>What an actor does on a note.</summary>
internal enum Deed
{
    Nothing,
    Throw,
    Await,
    AwaitAndThrow,
    Close,
    Open,
    Become,
    Unbecome,
    StartTimer,
    StartPeriodicTimer,
    CancelTimer,
    CancelTimers,
    HeedSilence,
    IgnoreSilence,
    Watch,
    WatchWith,
    Unwatch,
    Spawn,
    StopChild,
    StopSelf,
    StopOther,
    Poison,
    Kill,
    StopGracefully,
    Ask,
    Answer,
    AnswerWithFailure,
    Forward,
    Schedule,
    ScheduleAndCancel,
    LeaveUnhandled,
    PipeFault,
    Persist,
    PersistAll,
    PersistAsync,
    PersistAndThrow,
    PersistInVain,
    PersistRejected,
    Defer,
    TakeSnapshot,
    DeleteEvents
}

/// <summary>A message that is accounted for.</summary>
internal interface IAccounted
{
    long Id { get; }
}

/// <param name="Lane">Whose order it keeps; 0 where it comes a way that keeps none.</param>
/// <param name="Number">Counts the notes of a lane to one actor.</param>
/// <param name="From">Whom the receiver must see as sender; null where that is nobody it can know.</param>
/// <param name="Fuel">How many notes are to follow from it.</param>
internal sealed record Note(long Id, int Lane, long Number, IActorRef? From, Deed Deed, int Fuel) : IAccounted
{
    public override string ToString() => $"note {Id} ({Deed})";
}

/// <summary>What an Ask is answered.</summary>
internal sealed record Answer(long Id, long Asked) : IAccounted;

internal sealed class RefusedException(long id, long asked) : Exception($"answer {id}"), IAccounted
{
    public long Id { get; } = id;

    public long Asked { get; } = asked;
}

/// <summary>What came of a task, piped to the actor that began it.</summary>
internal sealed record Outcome(long Id) : IAccounted;

/// <summary>A timer of the actor itself.</summary>
internal sealed record Tick(int Key, long Timer);

/// <summary>A timer that does not disturb the silence.</summary>
internal sealed record QuietTick(int Key, long Timer) : INotInfluenceReceiveTimeout;

/// <summary>Told instead of Terminated.</summary>
internal sealed record Gone(CellRecord Subject)
{
    public override string ToString() => $"gone {Subject.Id}";
}
