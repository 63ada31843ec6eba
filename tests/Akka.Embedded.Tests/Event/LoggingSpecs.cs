using Akka.Actor;
using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Event;

public sealed class LoggingSpecs : AkkaSpec
{
    public LoggingSpecs()
        : base("akka.loglevel = INFO")
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
    }

    [Fact]
    public void An_event_has_its_level_source_and_text()
    {
        Logging.GetLogger(Sys, "my-source").Warning("number {0} of {1}", 1, 2);
        var warning = ExpectMsg<Warning>();
        Assert.Equal("number 1 of 2", warning.Message.ToString());
        Assert.StartsWith("my-source", warning.LogSource, StringComparison.Ordinal);
        Assert.Equal(LogLevel.WarningLevel, warning.LogLevel());
    }

    [Fact]
    public void An_error_has_its_cause()
    {
        var cause = new InvalidOperationException("cause");
        Sys.Log.Error(cause, "it failed");
        Assert.Same(cause, ExpectMsg<Error>().Cause);
    }

    [Fact]
    public void What_is_below_the_level_is_not_published()
    {
        var log = Logging.GetLogger(Sys, "some");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);
        log.Debug("unseen");
        log.Info("seen");
        Assert.Equal("seen", ExpectMsg<Info>().Message.ToString());
    }

    [Fact]
    public void An_actor_logs_under_its_path()
    {
        var actor = Sys.ActorOf(Props.Create<Talking>(), "talking");
        actor.Tell("hello");
        var info = ExpectMsg<Info>();
        Assert.Equal("said hello", info.Message.ToString());
        Assert.Equal(actor.Path.ToString(), info.LogSource);
        Assert.Equal(typeof(Talking), info.LogClass);
    }

    [Fact]
    public void A_template_and_its_arguments_can_be_read_by_a_logger()
    {
        Sys.Log.Info("Job {0} done", 7);
        var message = Assert.IsAssignableFrom<LogMessage>(ExpectMsg<Info>().Message);
        Assert.Equal("Job {0} done", message.Format);
        Assert.Equal([7], message.Parameters());
    }

    private sealed class Talking : UntypedActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        protected override void OnReceive(object message) => _log.Info("said {0}", message);
    }
}
