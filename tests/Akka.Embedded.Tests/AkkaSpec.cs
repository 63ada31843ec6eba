using Akka.Configuration;
using Xunit.Abstractions;

namespace Akka.Embedded.Tests;

/// <summary>A test kit that waits long before it gives up, so that a slow machine is no failure.</summary>
public abstract class AkkaSpec(Config? config = null, ITestOutputHelper? output = null)
    : Akka.TestKit.Xunit2.TestKit(
        (config ?? ConfigurationFactory.Empty).WithFallback(ConfigurationFactory.ParseString(Patience)), null, output)
{
    protected static readonly TimeSpan Patient = TimeSpan.FromSeconds(30);

    /// <summary>Long enough to show that nothing comes, where nothing can.</summary>
    protected static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    protected const string VirtualTime =
        """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """;

    private const string Patience = """
        akka.stdout-loglevel = OFF
        akka.test.single-expect-default = 30s
        akka.test.filter-leeway = 30s
        akka.test.default-timeout = 30s
        """;
}
