using Akka.Actor;
using Akka.Persistence;
using AtlasActors.Benchmarks.Actors;

namespace AtlasActors.Benchmarks.Persistence;

/// <summary>How an actor hands its events to the journal.</summary>
internal enum Way
{
    /// <summary>Each after the one before was stored.</summary>
    Persist,

    /// <summary>One for each command, while commands keep coming.</summary>
    PersistAsync,

    /// <summary>A hundred after the hundred before.</summary>
    PersistAll
}

internal sealed class Go
{
    public static readonly Go Instance = new();
}

/// <summary>Writes so many events when told to, and counts those it recovers.</summary>
/// <summary>Writes so many events when told to.</summary>
internal sealed class Writer(string id, Way way, int count, Completion ready, Completion written)
    : UntypedPersistentActor
{
    private const int Together = 100;

    /// <summary>Two such windows of commands are under way: a steady stream, and no measure of a long queue.</summary>
    private const int Window = 1000;

    private int _handled;
    private int _asked;

    public override string PersistenceId => id;

    protected override void OnCommand(object message)
    {
        switch (way)
        {
            case Way.Persist: Persist(Next(), AfterOne); break;
            case Way.PersistAll: PersistAll(NextHundred(), AfterHundred); break;
            default: PersistAsync(message); break;
        }
    }

    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted)
            ready.OneDone();
    }

    private Noted Next() => Noted.Of(_asked++);

    private List<Noted> NextHundred() =>
        [.. Enumerable.Range(0, Math.Min(Together, count - _handled)).Select(_ => Next())];

    private void AfterOne(Noted noted)
    {
        if (!IsDone())
            Self.Tell(Go.Instance, Self);
    }

    private void AfterHundred(Noted noted)
    {
        if (!IsDone() && _handled % Together == 0)
            Self.Tell(Go.Instance, Self);
    }

    private void PersistAsync(object message)
    {
        if (message is Go)
        {
            AskForWindow();
            AskForWindow();
        }
        else if (_asked < count)
        {
            PersistAsync(Next(), _ =>
            {
                if (!IsDone() && _handled % Window == 0)
                    AskForWindow();
            });
        }
    }

    private void AskForWindow()
    {
        for (var i = 0; i < Window; i++)
            Self.Tell(One.Instance, Self);
    }

    private bool IsDone()
    {
        if (++_handled < count)
            return false;
        written.OneDone();
        return true;
    }

    private sealed class One
    {
        public static readonly One Instance = new();
    }
}
