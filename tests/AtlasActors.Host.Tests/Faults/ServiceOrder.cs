namespace AtlasActors.Host.Tests.Faults;

/// <summary>How much a service is given to do, and how often it is ended meanwhile.</summary>
/// <param name="Seed">Where chance begins.</param>
/// <param name="Batches">How many callers come at once, each with a batch.</param>
/// <param name="Jobs">How many jobs each batch has.</param>
/// <param name="Ends">How often the service is ended while it works.</param>
internal sealed record ServiceOrder(int Seed, int Batches, int Jobs, int Ends)
{
    public int AllJobs => Batches * Jobs;

    /// <summary>This, or what the environment says: <c>ATLAS_FAULTS_SEED</c>, <c>…_BATCHES</c>, <c>…_JOBS</c>, <c>…_ENDS</c>.</summary>
    public ServiceOrder OrFromEnvironment() => new(
        LabOrder.Number("SEED") ?? Seed, LabOrder.Number("BATCHES") ?? Batches, LabOrder.Number("JOBS") ?? Jobs,
        LabOrder.Number("ENDS") ?? Ends);
}
