using Akka.Embedded.Tests.Soak.World;
using Xunit;

namespace Akka.Embedded.Tests.Soak;

public sealed partial class SoakSpecs
{
    static partial void AskMore(ref SoakLimits limits) =>
        limits = limits with { PersistentActors = true, FailuresAfterAwait = true, Recoveries = 2, CleanRecoveries = true };

    static partial void RequireNothingLost(SoakRun soak) => Assert.Equal(0, soak.LostToTheDead);
}
