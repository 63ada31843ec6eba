using System.Text.Json.Serialization;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace AtlasActors.Batches;

/// <summary>
/// A <see cref="JobState"/> as a snapshot has it: all of it, under names that never change, and nothing where it is as
/// in a job of which nothing is known.
/// </summary>
internal sealed record KeptJob(JobStage Stage, int Revision, DateTimeOffset Since)
{
    [JsonIgnore(Condition = WhenWritingDefault)]
    public int Submissions { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public int NeverSent { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public int Failures { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public int Refusals { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public DateTimeOffset NotBefore { get; init; }

    public Prediction? Prediction { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public DateTimeOffset AcceptedAt { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public DateTimeOffset WaitsSince { get; init; }

    public DateTimeOffset? GeneratedAt { get; init; }

    public IReadOnlyList<string>? Urls { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool IsFlagged { get; init; }

    public IReadOnlyList<OutputFile>? Files { get; init; }

    public AtlasFailure? Failure { get; init; }

    [JsonIgnore(Condition = WhenWritingDefault)]
    public bool CancelAsked { get; init; }

    public IReadOnlyList<SubmissionMoney>? Money { get; init; }

    public IReadOnlyList<UnpricedCharge>? Unpriced { get; init; }

    public IReadOnlyList<SubmissionToken>? Tokens { get; init; }

    public string? Announced { get; init; }

    public static KeptJob Of(JobState job) => new(job.Stage, job.Revision, job.Since)
    {
        Submissions = job.Submissions, BegunAt = job.BegunAt, NeverSent = job.NeverSent, Failures = job.Failures,
        Refusals = job.Refusals, NotBefore = job.NotBefore, Prediction = job.Prediction, AcceptedAt = job.AcceptedAt,
        WaitsSince = job.WaitsSince, GeneratedAt = job.GeneratedAt, Urls = OrNull(job.Urls), IsFlagged = job.IsFlagged,
        Files = OrNull(job.Files), Failure = job.Failure, CancelAsked = job.CancelAsked, Money = OrNull(job.Money),
        Unpriced = OrNull(job.Unpriced), Tokens = OrNull(job.Tokens), Announced = job.Announced,
    };

    public JobState ToState() => new()
    {
        Stage = Stage, Revision = Revision, Since = Since, Submissions = Submissions, BegunAt = BegunAt,
        NeverSent = NeverSent, Failures = Failures, Refusals = Refusals, NotBefore = NotBefore, Prediction = Prediction,
        AcceptedAt = AcceptedAt, WaitsSince = WaitsSince, GeneratedAt = GeneratedAt, Urls = Urls ?? [],
        IsFlagged = IsFlagged, Files = Files ?? [], Failure = Failure, CancelAsked = CancelAsked,
        Money = [.. Money ?? []], Unpriced = [.. Unpriced ?? []], Tokens = [.. Tokens ?? []], Announced = Announced,
    };

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> some) => some.Count == 0 ? null : some;
}
