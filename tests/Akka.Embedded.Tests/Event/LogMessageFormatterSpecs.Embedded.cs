using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Event;

/// <summary>Akka.NET's formatter knows numbered holes alone, and throws where a template is wrong.</summary>
public sealed class NamedHoleSpecs
{
    [Theory]
    [InlineData("Job {JobId} took {Time}", "Job 7 took 1.5")]
    [InlineData("Job {JobId:D3} took {Time,5}", "Job 007 took   1.5")]
    [InlineData("{JobId} {Time} {Missing}", "{JobId} {Time} {Missing} [7, 1.5]")]
    [InlineData("broken { hole", "broken { hole [7, 1.5]")]
    public void Named_holes_are_filled_in_their_order_and_nothing_throws(string template, string expected) =>
        Assert.Equal(expected, DefaultLogMessageFormatter.Instance.Format(template, 7, 1.5));
}
