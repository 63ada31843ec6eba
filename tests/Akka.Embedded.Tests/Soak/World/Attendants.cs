using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;
using Akka.Event;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>Watches every actor of an epoch, so that each end is known, also of those that nobody else watches.</summary>
internal sealed class Mourner(Epoch epoch) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CellRecord cell:
                Context.Watch(cell.Ref);
                break;
            case Terminated end:
                epoch.Mourn(epoch.Find(end.ActorRef)!);
                break;
        }
    }
}

/// <summary>Settles what became a dead letter or was left unhandled.</summary>
internal sealed class Undertaker(MessageBook messages) : UntypedActor
{
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DeadLetter { Message: Sentinel sentinel }:
                sentinel.Passed.TrySetResult();
                break;
            case DeadLetter letter when Accounted(letter.Message) is { } lost:
                messages.Settle(lost.Id, End.DeadLetter);
                break;
            case UnhandledMessage left when Accounted(left.Message) is { } lost:
                messages.Settle(lost.Id, End.Unhandled);
                break;
        }
    }

    /// <summary>What Akka.NET's scheduler sends is still wrapped when it becomes a dead letter.</summary>
    private static IAccounted? Accounted(object message) => message switch
    {
        IWrappedMessage wrapped => Accounted(wrapped.Message),
        Status.Failure failure => failure.Cause as IAccounted,
        _ => message as IAccounted
    };
}

/// <summary>When it has passed the undertaker, so has every dead letter before it.</summary>
internal sealed record Sentinel
{
    public TaskCompletionSource Passed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The supervisor of the trees: it never fails, and plants another where one has died.</summary>
internal sealed class Ground : UntypedActor
{
    private readonly Epoch _epoch;
    private readonly CellRecord _me;
    private readonly Chance _chance;

    public Ground(Epoch epoch, CellRecord me)
    {
        (_epoch, _me) = (epoch, me);
        var instance = me.Make();
        _chance = epoch.ChanceFor(me.Id, instance);
        me.Start(instance, null);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        Wanderer.StrategyOf(_epoch, _me, _chance);

    protected override void PreStart()
    {
        for (var i = 0; i < 12; i++)
            Plant();
    }

    protected override void OnReceive(object message)
    {
        if (message is Terminated && _epoch.Lively)
            Plant();
    }

    protected override void PostStop() => _me.PostStop(_me.Instance);

    private void Plant() => Context.Watch(_epoch.Start(Context, _me, _chance, cell => Wanderer.For(_epoch, cell)));
}
