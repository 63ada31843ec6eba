using System.Threading.Channels;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A test with an actor of its own: what is sent to <see cref="TestActor"/> is looked at with <c>ExpectMsg</c> and its
/// kin. The tests of a class send in the name of that actor, unless the class is <see cref="INoImplicitSender"/>.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int s_actorNumber;

    private readonly ITestKitAssertions _assertions;
    private ActorSystem _system = null!;
    private TestKitSettings _settings = null!;
    private IActorRef _testActor = null!;
    private Channel<MessageEnvelope> _queue = null!;
    private MessageEnvelope _last = NullMessageEnvelope.Instance;
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null,
        string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(
            assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName,
            testActorName)
    {
    }

    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName,
        string? testActorName)
    {
        _assertions = assertions
            ?? throw new ArgumentNullException(nameof(assertions), "The supplied assertions must not be null.");
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>What a test system has that nobody configured.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            timefactor = 1.0
            filter-leeway = 3s
            single-expect-default = 3s
            default-timeout = 5s
          }
        }
        """);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          log-dead-letters = on
          log-dead-letters-during-shutdown = on
          actor.debug { receive = on, autoreceive = on, lifecycle = on, event-stream = on, unhandled = on }
        }
        """);

    /// <summary>The clock that <c>Within</c> goes by; it is not that of the scheduler.</summary>
    public static TimeSpan Now => TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    public ActorSystem Sys => _system;

    public TestKitSettings TestKitSettings => _settings;

    public IActorRef TestActor => _testActor;

    public ILoggingAdapter Log { get; private set; } = null!;

    public EventFilterFactory EventFilter { get; private set; } = null!;

    public IActorRef LastSender => _last.Sender;

    public object LastMessage => _last.Message!;

    public bool HasMessages => _queue.Reader.TryPeek(out _);

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(_settings.SingleExpectDefault));

    /// <summary>What is left of the <c>Within</c> that surrounds the call.</summary>
    public TimeSpan Remaining => _end is { } end
        ? NotNegative(end - Now)
        : throw new InvalidOperationException("Remaining may not be called outside of \"within\"");

    public IActorRef ActorOf(Props props, string? name = null) => _system.ActorOf(props, name);

    public IActorRef ActorOf<TActor>(
        System.Linq.Expressions.Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => _system.ActorOf(Props.Create(factory), name);

    public IActorRef ActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => _system.ActorOf(Props.Create<TActor>(), name);

    public ActorSelection ActorSelection(ActorPath actorPath) => _system.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => _system.ActorSelection(actorPath);

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public virtual TestProbe CreateTestProbe(string? name = null) => new(_system, _assertions, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        _testActor.Tell(new TestActor.SetIgnore(message => shouldIgnoreMessage(message)));

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages<TMsg>(_ => true);

    public void IgnoreNoMessages() => _testActor.Tell(new TestActor.SetIgnore(null));

    public void SetAutoPilot(AutoPilot pilot) => _testActor.Tell(new TestActor.SetAutoPilot(pilot));

    /// <summary>The time, stretched for a slow machine.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration >= TimeSpan.Zero
        ? duration * _settings.TestTimeFactor
        : throw new ArgumentException("Must not be negative", nameof(duration));

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? _settings.SingleExpectDefault;

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { Ticks: < 0 } => throw new ArgumentException("Must be positive TimeSpan", nameof(duration)),
        { } given => Dilated(given)
    };

    /// <summary>Ends the test's system.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(_system, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var limit = duration ?? Dilated(TimeSpan.FromSeconds(5));
        if (system.Terminate().Wait(limit))
            return;
        ((ExtendedActorSystem)system).Abort();
        if (verifySystemShutdown)
            throw new TimeoutException($"Failed to stop [{system.Name}] within [{limit}].");
        system.Log.Warning("Failed to stop [{0}] within [{1}].", system.Name, limit);
    }

    internal void Fail(string text) => _assertions.Fail("{0}", text);

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? NotNegative(end - Now) : duration;

    protected virtual void InitializeTest(
        ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _system = system ?? ActorSystem.Create(actorSystemName ?? "test", WithDefaults(config));
        if (!_system.Settings.Config.HasPath("akka.test.default-timeout"))
            _system.Settings.InjectTopLevelFallback(DefaultConfig);
        _settings = TestKitExtension.For(_system);
        _queue = Channel.CreateUnbounded<MessageEnvelope>();
        Log = Logging.GetLogger(_system, GetType());
        EventFilter = new EventFilterFactory(this, _system);
        if (string.IsNullOrEmpty(testActorName))
            testActorName = $"testActor{Interlocked.Increment(ref s_actorNumber)}";
        _testActor = StartTestActor(_system, _queue, testActorName);
        if (this is not TestProbe)
            ActorCell.OfTest.Value = this is INoImplicitSender ? null : ((LocalActorRef)_testActor).Cell;
    }

    private static ActorSystemSetup WithDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        return setup.WithSetup(
            (bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create()).WithConfigFallback(DefaultConfig));
    }

    private static IActorRef StartTestActor(ActorSystem system, Channel<MessageEnvelope> queue, string name)
    {
        var props = Props.Create(() => new InternalTestActor(queue.Writer)).WithDispatcher(CallingThreadDispatcher.Id);
        return ((ExtendedActorSystem)system).SystemActorOf(props, name);
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
