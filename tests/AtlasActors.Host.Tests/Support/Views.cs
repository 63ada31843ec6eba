using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Tests.Support;

/// <summary>Batches and jobs as the library would show them.</summary>
internal static class Views
{
    public const string Flux = "black-forest-labs/flux-2-pro/text-to-image";
    public const string Seedance = "bytedance/seedance-v1.5-pro/text-to-video";

    public static readonly DateTimeOffset Start = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    public static JobView Job(
        int number, JobStage stage, string? name = null, string model = Flux, decimal cost = 0, double? seconds = null,
        string? error = null, string? why = null, int attempt = 1, DateTimeOffset? since = null) =>
        new(number, name ?? $"job {number}",
            model.Contains("video", StringComparison.Ordinal) ? MediaKind.Video : MediaKind.Image, model,
            stage, since ?? Start, attempt, why, null, new Usd(cost),
            seconds is { } time ? TimeSpan.FromSeconds(time) : null, null, [], error);

    public static JobView Done(
        int number, string? name = null, string model = Flux, decimal cost = 0.04m, double seconds = 12.3) =>
        Job(number, JobStage.Succeeded, name, model, cost, seconds);

    /// <summary>A batch that holds these jobs, with its money added up from them.</summary>
    public static BatchView Batch(
        BatchPhase phase, IReadOnlyList<JobView> jobs, HaltReason? halt = null, string? haltMessage = null,
        string fingerprint = "same", string endpoint = "https://api.atlascloud.ai/api/v1",
        string id = "20261121-060000-0001",
        Usd? budget = null) =>
        new(BatchId.Parse(id), "pack.yaml", fingerprint, endpoint, phase, halt, haltMessage, Start, 3,
            jobs.GroupBy(job => job.Stage).ToDictionary(group => group.Key, group => group.Count()),
            new BatchMoney(new Usd(0.95m), jobs.Select(job => job.Cost).Sum(), Usd.Zero, Usd.Zero, budget),
            [.. jobs.Where(job => IsRunning(job.Stage))])
        {
            IsSettled = phase == BatchPhase.Finished, Revision = 7,
        };

    private static bool IsRunning(JobStage stage) =>
        stage is JobStage.Submitting or JobStage.Generating or JobStage.Downloading or JobStage.Overdue;
}
