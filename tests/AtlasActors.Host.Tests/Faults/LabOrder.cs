using System.Globalization;

namespace AtlasActors.Host.Tests.Faults;

/// <summary>How much trouble is made. What is drawn from the seed is the same for the same seed; the order of requests is not.</summary>
/// <param name="Seed">Where chance begins.</param>
/// <param name="Jobs">How many jobs each batch has.</param>
/// <param name="Ends">How often the program is ended, over all batches; as many batches are run as that takes.</param>
/// <param name="CutRate">The share of submissions whose answer is lost.</param>
/// <param name="FaultRate">The share of requests with any other trouble.</param>
internal sealed record LabOrder(int Seed, int Jobs, int Ends, double CutRate, double FaultRate)
{
    /// <summary>How often the program is ended within one batch at most: a slow machine would spend all ends on a few.</summary>
    public int EndsOfBatch { get; init; } = int.MaxValue;

    /// <summary>This, or what the environment says: <c>ATLAS_FAULTS_SEED</c>, <c>…_JOBS</c>, <c>…_ENDS</c>, <c>…_ENDS_OF_BATCH</c>.</summary>
    public LabOrder OrFromEnvironment() => this with
    {
        Seed = Number("SEED") ?? Seed, Jobs = Number("JOBS") ?? Jobs, Ends = Number("ENDS") ?? Ends,
        EndsOfBatch = Number("ENDS_OF_BATCH") ?? EndsOfBatch,
    };

    internal static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable($"ATLAS_FAULTS_{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
