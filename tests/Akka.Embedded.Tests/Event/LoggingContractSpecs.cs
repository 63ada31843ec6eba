using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Event;

/// <summary>Log events, sources, levels, and loggers of one's own.</summary>
public sealed class LoggingContractSpecs() : AkkaSpec("akka.loglevel = DEBUG")
{
    private static readonly IOException Cause = new("the cause");

    [Fact]
    public void A_log_event_holds_what_it_is_told_and_when_and_where()
    {
        LogEvent[] events =
        [
            new Debug(Cause, "source", typeof(string), "text"), new Info(Cause, "source", typeof(string), "text"),
            new Warning(Cause, "source", typeof(string), "text"), new Error(Cause, "source", typeof(string), "text")
        ];
        LogLevel[] levels = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];
        Assert.Equal(levels, events.Select(one => one.LogLevel()));
        Assert.All(events, one =>
        {
            Assert.Equal(("source", typeof(string), "text"), (one.LogSource, one.LogClass, one.Message));
            Assert.Same(Cause, one.Cause);
            Assert.Same(Thread.CurrentThread, one.Thread);
            Assert.InRange(one.Timestamp, DateTime.UtcNow - Patient, DateTime.UtcNow);
        });
        LogEvent[] withoutCause =
        [
            new Debug("source", typeof(string), "text"), new Info("source", typeof(string), "text"),
            new Warning("source", typeof(string), "text")
        ];
        Assert.All(withoutCause, one => Assert.Null(one.Cause));
    }

    [Fact]
    public void Levels_have_names_and_types()
    {
        foreach (var level in Enum.GetValues<LogLevel>())
            Assert.Equal(level, Logging.LogLevelFor(level.StringFor()));
        Assert.Equal(typeof(Warning), LogLevel.WarningLevel.ClassFor());
        Assert.Equal(LogLevel.ErrorLevel, Logging.LogLevelFor<Error>());
        Assert.Equal("String", Logging.SimpleName("any"));
        Assert.Equal("Int32", Logging.SimpleName(typeof(int)));
    }

    [Fact]
    public void A_source_is_a_name_a_type_an_object_or_an_actor()
    {
        Assert.Equal(("name", typeof(DummyClassForStringSources)), Parts(LogSource.Create("name")));
        Assert.Equal(("Cause", typeof(int)), Parts(LogSource.Create("Cause", typeof(int))));
        Assert.Equal(("Int32", typeof(int)), Parts(LogSource.Create(typeof(int))));
        Assert.Equal(TestActor.Path.ToString(), LogSource.Create(TestActor).Source);
        Assert.Equal($"name ({Sys})", LogSource.Create("name", Sys).Source);
    }

    [Fact]
    public void A_logger_tells_which_levels_it_takes()
    {
        var log = Logging.GetLogger(Sys.EventStream, "me");
        Assert.True(log is { IsDebugEnabled: true, IsInfoEnabled: true, IsWarningEnabled: true, IsErrorEnabled: true });
        Assert.True(log.IsEnabled(LogLevel.DebugLevel));
        Assert.NotNull(log.Formatter);
        var none = NoLogger.Instance;
        Assert.False(none.IsErrorEnabled || none.IsEnabled(LogLevel.ErrorLevel));
        none.Error("lost");
    }

    [Fact]
    public void A_logger_writes_at_any_level()
    {
        Sys.EventStream.Subscribe<LogEvent>(TestActor);
        var log = new BusLogging(Sys.EventStream, "source", typeof(int), DefaultLogMessageFormatter.Instance);
        Assert.Same(Sys.EventStream, log.Bus);
        Assert.Equal(("source", typeof(int)), (log.LogSource, log.LogClass));
        log.Log(LogLevel.InfoLevel, "plain");
        Assert.Equal("plain", ExpectMsg<Info>().Message.ToString());
        log.Log(LogLevel.WarningLevel, "{0}", [1]);
        Assert.Equal("1", ExpectMsg<Warning>().Message.ToString());
        log.Log(LogLevel.ErrorLevel, Cause, "{0} of {1}", 1, 2);
        var error = ExpectMsg<Error>();
        Assert.Equal(("1 of 2", Cause), (error.Message.ToString(), error.Cause));
        ((ILoggingAdapter)log).Log(LogLevel.DebugLevel, Cause, "as it is");
        Assert.Same(Cause, ExpectMsg<Debug>().Cause);
    }

    [Fact]
    public void A_formatter_of_ones_own_writes_the_text()
    {
        Sys.EventStream.Subscribe<Info>(TestActor);
        var log = Logging.GetLogger(Sys, "me", new Shouting());
        log.Info("{0}", "quiet");
        var message = (LogMessage)ExpectMsg<Info>().Message;
        Assert.Equal("QUIET", message.ToString());
        Assert.Equal("{0}", message.Format);
        var own = new OwnMessage(new Shouting());
        Assert.Equal(("OWN 1", "1"), (own.ToString(), own.Unformatted()));
    }

    [Fact]
    public void The_level_of_the_bus_can_be_set()
    {
        Assert.Equal(LogLevel.DebugLevel, Sys.EventStream.LogLevel);
        Sys.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        Assert.Equal(LogLevel.ErrorLevel, Sys.EventStream.LogLevel);
        Assert.False(Logging.GetLogger(Sys, "later").IsWarningEnabled);
        Sys.EventStream.SetLogLevel(LogLevel.DebugLevel);
    }

    [Fact]
    public void A_stream_can_be_made_by_hand()
    {
        var stream = new EventStream(false);
        stream.Subscribe<string>(TestActor);
        stream.Publish("hello");
        ExpectMsg("hello");
    }

    [Fact]
    public void A_system_may_have_loggers_of_ones_own()
    {
        var logger = Sys.ActorOf(Props.Create(() => new OwnLogger(TestActor)));
        logger.Tell(new InitializeLogger(Sys.EventStream));
        Assert.IsAssignableFrom<IDeadLetterSuppression>(ExpectMsg<LoggerInitialized>());
        Assert.Same(Sys.EventStream, new InitializeLogger(Sys.EventStream).LoggingBus);
        logger.Tell(new Info("source", typeof(int), "hello"));
        ExpectMsg("printed hello");
        Assert.IsAssignableFrom<ISemantics>(new Semantics());
    }

    [Fact]
    public void A_logger_need_not_be_an_actor()
    {
        var logger = new Remembering(TestActor);
        logger.Tell("hello", ActorRefs.NoSender);
        ExpectMsg("remembered hello");
        Assert.IsAssignableFrom<MinimalLogger>(new StandardOutLogger());
    }

    private static (string Source, Type Type) Parts(LogSource source) => (source.Source, source.Type);

    private sealed class Shouting : ILogMessageFormatter
    {
        public string Format(string format, params object[] args) => Upper(format, args);

        public string Format(string format, IEnumerable<object> args) => Upper(format, args);

        private static string Upper(string format, IEnumerable<object> args) =>
            string.Format(null, System.Text.CompositeFormat.Parse(format), [.. args]).ToUpperInvariant();
    }

    private sealed class OwnMessage(ILogMessageFormatter formatter) : LogMessage(formatter, "own {0}")
    {
        public override string Unformatted() => "1";

        public override IEnumerable<object> Parameters() => [1];

        public override string ToString() => Formatter.Format(Format, Parameters());
    }

    private sealed class OwnLogger(IActorRef test) : DefaultLogger
    {
        protected override void Print(LogEvent logEvent) => test.Tell($"printed {logEvent.Message}");
    }

    private sealed class Remembering(IActorRef test) : MinimalLogger
    {
        protected override void Log(object message) => test.Tell($"remembered {message}");
    }

    private sealed class Semantics : ILoggerMessageQueueSemantics;
}
