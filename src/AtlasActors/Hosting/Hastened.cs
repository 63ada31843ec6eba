using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Hosting;

/// <summary>
/// A rehearsal against a simulator that is faster than life: the waits between polls and tries shrink alike. Not
/// <c>max_wait</c>: this machine is no faster than life.
/// </summary>
internal static class Hastened
{
    public static BatchDefinition By(double haste, BatchDefinition definition) => haste == 1
        ? definition
        : definition with { Jobs = [.. definition.Jobs.Select(job => job with { Policy = By(haste, job.Policy) })] };

    public static AtlasSettings By(double haste, AtlasSettings settings) => haste == 1
        ? settings
        : settings with
        {
            Charges = settings.Charges with { Waits = [.. settings.Charges.Waits.Select(wait => wait / haste)] },
        };

    private static JobPolicy By(double haste, JobPolicy policy) => policy with
    {
        RetryBase = policy.RetryBase / haste,
        Poll = policy.Poll.Faster(haste),
    };
}
