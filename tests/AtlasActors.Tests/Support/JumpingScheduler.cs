using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace AtlasActors.Tests.Support;

/// <summary>
/// Virtual time with a clock that can be set: timers go by the time that passes, as they do in life, and everybody who asks
/// what time it is gets the clock's.
/// </summary>
public sealed class JumpingScheduler(Config scheduler, ILoggingAdapter log) : TestScheduler(scheduler, log), ITimeProvider
{
    private long _ahead;

    DateTimeOffset ITimeProvider.Now => Now + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <summary>Sets the clock forwards, or backwards, in no time.</summary>
    public void Jump(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);
}
