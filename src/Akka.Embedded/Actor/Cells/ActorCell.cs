using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// What stays of an actor while its instances come and go: mailbox, behaviours, children, watches. Its other parts:
/// Messages, Children, DeathWatch, FaultHandling, ReceiveTimeout.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    /// <summary>Whom a test speaks for: it follows the test through its awaits, and reaches no actor.</summary>
    internal static readonly AsyncLocal<ActorCell?> OfTest = new();

    [ThreadStatic]
    private static ActorCell? s_current;

    private readonly LocalActorRef _self;
    private ActorBase? _actor;
    private Receive? _behavior;
    private Stack<Receive>? _shadowed;
    private ActorTaskScheduler? _taskScheduler;

    public ActorCell(ActorSystemImpl system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        SystemImpl = system;
        _self = self;
        Props = props;
        ParentRef = parent;
        Mailbox = new Mailbox(this, system.Settings.Throughput, props.Dispatcher == Mailbox.CallingThread);
        Mailbox.Prime(new Create());
    }

    /// <summary>The cell whose actor runs in this thread.</summary>
    public static ActorCell? Current => s_current ?? OfTest.Value;

    public static IActorRef CurrentSelfOrNoSender => Current is { } cell ? cell.Self : ActorRefs.NoSender;

    public static IActorRef CurrentSenderOrNoSender => Current is { } cell ? cell.Sender : ActorRefs.NoSender;

    public ActorSystemImpl SystemImpl { get; }

    public Mailbox Mailbox { get; }

    public Props Props { get; }

    public IInternalActorRef ParentRef { get; }

    public Envelope CurrentEnvelope { get; set; }

    /// <summary>Counts what was received, so that a stash tells one message that came twice from one stashed twice.</summary>
    public int CurrentEnvelopeId { get; private set; }

    public ActorTaskScheduler TaskScheduler => _taskScheduler ??= new ActorTaskScheduler(this);

    public ActorBase? Actor => _actor;

    public IActorRef Self => _self;

    public IActorRef Sender => CurrentEnvelope.Sender ?? SystemImpl.DeadLetters;

    public IActorRef Parent => ParentRef;

    public ActorSystem System => SystemImpl;

    /// <summary>Makes the cell this thread's current one, and gives the one that was it before.</summary>
    public static ActorCell? Enter(ActorCell? cell)
    {
        var previous = s_current;
        s_current = cell;
        return previous;
    }

    public static void Leave(ActorCell? previous) => s_current = previous;

    public void Become(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        _behavior = receive;
    }

    public void BecomeStacked(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        if (_behavior is not null)
            (_shadowed ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_shadowed is not null && _shadowed.TryPop(out var receive))
            _behavior = receive;
    }

    public void Become(UntypedReceive receive) => Become(Handled(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Handled(receive));

    public ActorSelection ActorSelection(ActorPath actorPath) =>
        Akka.Actor.ActorSelection.Select(SystemImpl.LookupRoot, actorPath.ToStringWithoutAddress(), SystemImpl);

    public ActorSelection ActorSelection(string actorPath) =>
        Akka.Actor.ActorSelection.Select(Self, actorPath, SystemImpl);

    public void ToDeadLetters(Envelope envelope)
    {
        // To a subscriber that is gone: as a dead letter it would come back here, without end.
        if (envelope.Message is AllDeadLetters or LogEvent)
            return;
        SystemImpl.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender, Self), envelope.Sender);
    }

    public void ToDeadLetters(SystemMessage message) => SystemImpl.DeadLetterRef.SendSystemMessage(message);

    public void Publish(LogEvent logEvent)
    {
        try
        {
            SystemImpl.EventStream.Publish(logEvent);
        }
        catch (Exception)
        {
            // A logger that fails must not take the actor with it.
        }
    }

    private static Receive Handled(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void PublishError(Exception cause, string message) =>
        Publish(new Error(cause, Self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));
}
