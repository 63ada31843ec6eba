using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The one implementation of a system: its start, its end and its extensions.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly RootGuardian _root;
    private readonly LocalActorRef _guardian;
    private readonly LocalActorRef _systemGuardian;
    private readonly ActorPath _tempPath;
    private long _tempNumber;
    private int _ending;

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus "
                + "non-leading '-' or '_')",
                nameof(name));
        }

        Name = name;
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.SubscribeFrom(Settings.StdoutLogger, Logging.LogLevelFor(Settings.StdoutLogLevel));
        Log = new BusLogging(EventStream, $"ActorSystem({name})", typeof(ActorSystem), Settings.LogFormatter);
        var rootPath = new RootActorPath(new Address("akka", name));
        _root = new RootGuardian(this, rootPath);
        _tempPath = rootPath / "temp";
        TempContainer = new PathContainer(this, _tempPath, _root);
        DeadLetterRef = new DeadLetterActorRef(this, rootPath / "deadLetters");
        Scheduler = TypeResolver.Create<IScheduler>(
            Settings.SchedulerClass, "akka.scheduler.implementation", Settings.Config, Log);
        _guardian = new LocalActorRef(this, GuardianProps(GuardianStrategy()), _root, rootPath / "user");
        _systemGuardian = new LocalActorRef(
            this, GuardianProps(SupervisorStrategy.DefaultStrategy), _root, rootPath / "system");
        Serialization = new Serialization.Serialization(this);
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override Serialization.Serialization Serialization { get; }

    public override EventStream EventStream { get; }

    public override IScheduler Scheduler { get; }

    public override ILoggingAdapter Log { get; }

    public override IActorRef DeadLetters => DeadLetterRef;

    public override IInternalActorRef Guardian => _guardian;

    public override IInternalActorRef SystemGuardian => _systemGuardian;

    public override IInternalActorRef LookupRoot => _root;

    public override Task WhenTerminated => _terminated.Task;

    public DeadLetterActorRef DeadLetterRef { get; }

    public PathContainer TempContainer { get; }

    public void Start()
    {
        EventStream.StartUnsubscriber(this);
        _systemGuardian.Start();
        _guardian.Start();
        LoggerStartup.Run(this);
        if (Settings.LogDeadLetters > 0)
            SystemActorOf<DeadLetterListener>("deadLetterListener");
        CoordinatedShutdown.Get(this);
        foreach (var extension in Settings.Config.GetStringList("akka.extensions"))
            RegisterExtension(TypeResolver.Create<IExtensionId>(extension, "akka.extensions"));
    }

    public long NextTempNumber() => Interlocked.Increment(ref _tempNumber);

    public ActorPath TempPath(long number) => new ChildActorPath(_tempPath, $"${number}", 0);

    public override IActorRef ActorOf(Props props, string? name = null) => _guardian.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        _systemGuardian.Cell.ActorOf(props, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    /// <summary>The actor at a path with uid, or a reference that stands for its absence.</summary>
    public IActorRef Resolve(string path)
    {
        if (!ActorPath.TryParse(path, out var parsed) || parsed!.Address != _root.Path.Address)
            return DeadLetters;
        IInternalActorRef? actor = _root;
        foreach (var element in parsed.Elements)
            actor = actor?.GetSingleChild(element);
        return actor is not null && (parsed.Uid == 0 || parsed.Uid == actor.Path.Uid)
            ? actor
            : new EmptyLocalActorRef(this, parsed);
    }

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorSelection(actorPath.ToString());

    public override ActorSelection ActorSelection(string actorPath) =>
        Actor.ActorSelection.Select(_root, actorPath, this);

    public override void Stop(IActorRef actor)
    {
        var child = (IInternalActorRef)actor;
        if (child.Parent.Equals(_guardian) || child.Parent.Equals(_systemGuardian))
            child.Parent.Tell(new GuardianActor.StopChild(actor));
        else
            child.Stop();
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate)
            CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else
            FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort() => FinalTerminate();

    /// <summary>Ends the actors, from the user's guardian on; see <see cref="RootGuardian"/>.</summary>
    public void FinalTerminate()
    {
        if (!Settings.LogDeadLettersDuringShutdown
            && _systemGuardian.GetSingleChild("deadLetterListener") is { } listener)
            listener.Stop();
        _guardian.Stop();
    }

    public void UserGuardianEnded() => _systemGuardian.Stop();

    public void SystemGuardianEnded()
    {
        // Out of the mailbox that brought the news: what follows may wait.
        if (Interlocked.Exchange(ref _ending, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static system => system.End(), this, preferLocal: false);
    }

    public override void RegisterOnTermination(Action code) => _onTermination.Push(code);

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return _extensions.GetOrAdd(
            extension.ExtensionType, _ => new Lazy<object>(() => extension.CreateExtension(this))).Value;
    }

    public override object GetExtension(IExtensionId extensionId)
    {
        ArgumentNullException.ThrowIfNull(extensionId);
        return TryGetExtension(extensionId.ExtensionType, out var extension) ? extension : null!;
    }

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension : null!;

    public override bool HasExtension(Type type) => _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, [NotNullWhen(true)] out object? extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var made) ? made.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>([NotNullWhen(true)] out T? extension)
        where T : class
    {
        extension = TryGetExtension(typeof(T), out var found) ? (T)found : null;
        return extension is not null;
    }

    public override string ToString() => _root.Path.Address.ToString();

    private static Props GuardianProps(SupervisorStrategy strategy) =>
        Props.Create<GuardianActor>().WithSupervisorStrategy(strategy);

    private SupervisorStrategy GuardianStrategy() => TypeResolver.Create<SupervisorStrategyConfigurator>(
        Settings.SupervisorStrategyClass, "akka.actor.guardian-supervisor-strategy").Create();

    private void End()
    {
        EventStream.SubscribeFrom(Settings.StdoutLogger, Logging.LogLevelFor(Settings.StdoutLogLevel));
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception fault)
            {
                Log.Error(fault, "A termination callback failed");
            }
        }

        (Scheduler as IDisposable)?.Dispose();
        _terminated.TrySetResult();
    }
}
