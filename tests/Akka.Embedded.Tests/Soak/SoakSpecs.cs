using Akka.Embedded.Tests.Soak.World;
using Xunit;
using Xunit.Abstractions;

namespace Akka.Embedded.Tests.Soak;

/// <summary>
/// Random actors that fail, restart, stash, time out, watch and stop, with every message accounted for. A few seconds
/// of it by default; <c>ATLAS_SOAK_MINUTES=10</c> makes it long, <c>ATLAS_SOAK_SEED</c> another, and
/// <c>ATLAS_SOAK_REPORT</c> names a file that gets a line for each epoch.
/// </summary>
public sealed partial class SoakSpecs(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_message_ends_once_and_every_actor_keeps_the_rules()
    {
        var limits = SoakLimits.FromEnvironment();
        AskMore(ref limits);
        var soak = new SoakRun(limits, output.WriteLine);
        await soak.Run();
        output.WriteLine(soak.Describe());
        Assert.True(soak.Findings.Count == 0, string.Join(Environment.NewLine, soak.Findings.Texts));
        RequireNothingLost(soak);
    }

    /// <summary>What only the embedded part gets right.</summary>
    static partial void AskMore(ref SoakLimits limits);

    /// <summary>
    /// Akka.NET promises dead letters only as well as it can: a message that meets its receiver's end may vanish. The
    /// embedded part loses none.
    /// </summary>
    static partial void RequireNothingLost(SoakRun soak);
}
