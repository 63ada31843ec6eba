namespace AtlasActors.Costs;

/// <summary>A charge of which Atlas has not told the amount, and where to ask for it.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Submission">The submission's number within the job.</param>
/// <param name="PredictionId">What Atlas calls it.</param>
/// <param name="PollUrl">Where Atlas said to ask for it, if it did.</param>
/// <param name="FoundAt">When it was found to be done.</param>
internal sealed record UnpricedCharge(int Job, int Submission, string PredictionId, string? PollUrl, DateTimeOffset FoundAt);
