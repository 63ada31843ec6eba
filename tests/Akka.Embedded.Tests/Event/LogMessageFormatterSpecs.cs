using Akka.Event;
using Xunit;

namespace Akka.Embedded.Tests.Event;

public sealed class LogMessageFormatterSpecs
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{0} and {1}", "one and 2")]
    [InlineData("{1} and {0}", "2 and one")]
    [InlineData("{1:D3}", "002")]
    [InlineData("{{0}} {0}", "{0} one")]
    public void Numbered_holes_are_filled(string template, string expected) =>
        Assert.Equal(expected, DefaultLogMessageFormatter.Instance.Format(template, "one", 2));
}
