using Akka.Actor;
using Akka.Configuration;
using Akka.Pattern;
using Akka.Persistence;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

public sealed class ExceptionSpecs : AkkaSpec
{
    private static readonly IOException Cause = new("the cause");

    public static TheoryData<Func<string, Exception>> ByMessage => new()
    {
        text => new ActorInitializationException(text),
        text => new ActorKilledException(text),
        text => new ActorNotFoundException(text),
        text => new AskTimeoutException(text),
        text => new ConfigurationException(text),
        text => new IllegalActorStateException(text),
        text => new InvalidActorNameException(text),
        text => new InvalidMessageException(text),
        text => new LoggerInitializationException(text),
        text => new OpenCircuitException(text),
        text => new RecoveryTimedOutException(text),
        text => new SchedulerException(text),
        text => new StashOverflowException(text)
    };

    public static TheoryData<Func<string, Exception>> ByMessageAndCause => new()
    {
        text => new ActorInitializationException(text, Cause),
        text => new ActorNotFoundException(text, Cause),
        text => new ConfigurationException(text, Cause),
        text => new InvalidActorNameException(text, Cause),
        text => new LoggerInitializationException(text, Cause),
        text => new OpenCircuitException(text, Cause),
        text => new RecoveryTimedOutException(text, Cause),
        text => new StashOverflowException(text, Cause)
    };

    [Theory]
    [MemberData(nameof(ByMessage))]
    public void Each_says_what_it_was_told(Func<string, Exception> create) =>
        Assert.Contains("what happened", create("what happened").Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ByMessageAndCause))]
    public void And_has_its_cause(Func<string, Exception> create) =>
        Assert.Same(Cause, create("what happened").InnerException);

    [Fact]
    public void A_failed_start_names_the_actor() =>
        Assert.Equal(TestActor, new ActorInitializationException(TestActor, "what happened", Cause).Actor);

    [Fact]
    public void A_failed_restart_names_what_it_was_for()
    {
        var original = new ArgumentException("original");
        var before = new PreRestartException(TestActor, Cause, original, "message");
        Assert.Same(Cause, before.RestartException);
        Assert.Equal("message", before.OptionalMessage);
        var after = new PostRestartException(TestActor, Cause, original);
        Assert.Same(Cause, after.InnerException);
        Assert.Same(original, after.OriginalCause);
    }

    [Fact]
    public void A_broken_death_pact_names_who_has_died() =>
        Assert.Equal(TestActor, new DeathPactException(TestActor).DeadActor);
}
