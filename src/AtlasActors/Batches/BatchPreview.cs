using System.Text.Json.Serialization;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>What can be asked of a batch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchAction>))]
public enum BatchAction
{
    /// <summary>To submit no more for now.</summary>
    Pause,

    /// <summary>To go on.</summary>
    Resume,

    /// <summary>To make no more of some jobs, or of all.</summary>
    Cancel,

    /// <summary>To attempt again what did not succeed.</summary>
    Retry,
}

/// <summary>What an action would do, if it were asked now.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Action">The action.</param>
/// <param name="Jobs">
/// The jobs that it changes, by their numbers: those that a pause keeps from being submitted, that a resume has submitted, that
/// a cancellation ends, that a retry attempts again or has fetched again.
/// </param>
/// <param name="SeenThrough">The jobs that Atlas has, and that a cancellation leaves without another attempt.</param>
/// <param name="Estimate">What resume or retry may cost when each of <paramref name="Jobs"/> succeeds at its first attempt.</param>
public sealed record BatchPreview(
    BatchId Batch, BatchAction Action, IReadOnlyList<int> Jobs, IReadOnlyList<int> SeenThrough, Usd Estimate)
{
    internal static BatchPreview Of(BatchState state, BatchPhase phase, BatchQueries.GetPreview asked) => asked.Action switch
    {
        BatchAction.Cancel => new(
            asked.Batch, asked.Action, [.. state.EndedByCancelling(asked.Jobs).Select(one => one.Job).Order()],
            [.. state.SeenThroughByCancelling(asked.Jobs)], Usd.Zero),
        BatchAction.Retry => Costing(state, asked, state.Retryable(asked.Jobs, asked.InDoubt)),
        BatchAction.Resume when phase != BatchPhase.Running || state.IsPaused => Costing(state, asked, Waiting(state)),
        BatchAction.Pause when phase != BatchPhase.Finished && !state.IsPaused =>
            Costing(state, asked, Waiting(state)) with { Estimate = Usd.Zero },
        _ => new(asked.Batch, asked.Action, [], [], Usd.Zero),
    };

    private static BatchPreview Costing(BatchState state, BatchQueries.GetPreview asked, IReadOnlyList<int> jobs) =>
        new(asked.Batch, asked.Action, jobs, [], state.PriceOf(jobs));

    private static List<int> Waiting(BatchState state) => [.. state.In(JobStage.Queued, JobStage.Waiting)];
}
