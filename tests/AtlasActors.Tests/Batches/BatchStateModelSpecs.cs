using System.Text.Json;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Batches;

/// <summary>A batch's state against a plain account of the same history, after every event, a million of them.</summary>
public class BatchStateModelSpecs
{
    private const int Histories = 10_000;
    private const int Steps = 100;

    private static readonly AtlasFailure Trouble = new("trouble");

    /// <summary>Up to eight jobs, each of which may need earlier ones; and what is drawn at each step: a job and what it does.</summary>
    private static readonly Gen<(int[][] Parents, (int Job, int Lot)[] Draws)> AnyHistory =
        from count in Gen.Choose(1, 8)
        from needs in Gen.ArrayOf(Gen.Choose(0, 255), count)
        from draws in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, count - 1), Gen.Choose(0, 99)), Steps)
        select (needs.Select((bits, job) => Enumerable.Range(0, job).Where(parent => (bits >> parent & 1) == 1 && parent % 3 == bits % 3).ToArray()).ToArray(),
            draws.Select(draw => (draw.Item1, draw.Item2)).ToArray());

    [Fact]
    public void Whatever_happens_counts_sums_and_waits_are_those_of_a_plain_account() =>
        Prop.ForAll(Arb.From(AnyHistory), history => Holds(history.Parents, history.Draws))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));

    private static bool Holds(int[][] parents, (int Job, int Lot)[] draws)
    {
        var created = new BatchEvents.BatchCreated(BatchId.Parse("b1"), Some.Time, "a.yaml", "f", "https://x", 3, null, []);
        var planned = new BatchEvents.JobsPlanned([.. parents.Select((needs, job) => new PlannedJob(
            Some.Image(job + 1) with { Inputs = [.. needs.Select(parent => new JobInput("image") { Job = parent + 1 })] }, $"images/{job}"))]);
        var state = Fresh(created, planned);
        var account = new Account(parents.Length);
        var told = new List<object>();
        foreach (var (job, lot) in draws)
        {
            if (Event(state, job + 1, lot) is not { } happened) continue;
            var before = Enumerable.Range(1, parents.Length).Select(state.Job).ToArray();
            if (happened is IJobEvent moved) account.Take(moved);
            state.Apply(happened);
            told.Add(happened);
            if (happened is BatchEvents.CancellationAsked asked && !IsCancelled(before, state, asked, parents)) return false;
            if (!Agree(state, account, parents)) return false;
        }
        // A crash after any event: what is read from the journal is what there was.
        var again = Fresh(created, planned);
        told.ForEach(again.Apply);
        return Enumerable.Range(1, parents.Length).All(job => Same(state.Job(job), again.Job(job))) && Agree(again, account, parents)
            && again.IsPaused == state.IsPaused && IsTheSameFromASnapshot(state, [created, planned, .. told], draws[0]);
    }

    /// <summary>A snapshot after any event, through its JSON, and the events after it lead to the same, in every detail.</summary>
    private static bool IsTheSameFromASnapshot(BatchState state, List<object> told, (int Job, int Lot) draw)
    {
        var upTo = 2 + (((draw.Job * 100) + draw.Lot) % (told.Count - 1));
        var before = new BatchState();
        told.Take(upTo).ToList().ForEach(before.Apply);
        var from = new BatchState();
        from.Apply(JsonSerializer.Deserialize<BatchSnapshot>(TextOf(before), AtlasEventSerializer.Json)!);
        var isSameThen = TextOf(before) == TextOf(from);
        told.Skip(upTo).ToList().ForEach(from.Apply);
        return isSameThen && TextOf(state) == TextOf(from)
            && (state.Charged, state.Unconfirmed, state.UnpricedCount, state.Reserved, state.InDoubt, state.Estimated)
                == (from.Charged, from.Unconfirmed, from.UnpricedCount, from.Reserved, from.InDoubt, from.Estimated)
            && (state.IsDone, state.SettledAt, state.OutputsRemovedAt, state.Budget, state.Unended)
                == (from.IsDone, from.SettledAt, from.OutputsRemovedAt, from.Budget, from.Unended)
            && Enum.GetValues<JobStage>().All(stage => state.Count(stage) == from.Count(stage))
            && Enumerable.Range(1, state.JobCount).All(job => state.Children(job).SequenceEqual(from.Children(job)));
    }

    private static string TextOf(BatchState state) => JsonSerializer.Serialize(state.Snapshot(), AtlasEventSerializer.Json);

    /// <summary>What waited and was named has ended, with all that waits for it; what Atlas has is marked; the rest is untouched.</summary>
    private static bool IsCancelled(JobState[] before, BatchState after, BatchEvents.CancellationAsked asked, int[][] parents)
    {
        var gone = new bool[before.Length];
        for (var job = 0; job < before.Length; job++)
        {
            var isNamed = asked.Jobs?.Contains(job + 1) ?? true;
            // Whoever is needed comes earlier here.
            gone[job] = before[job].Waits && (isNamed || (before[job].Stage == JobStage.Waiting && parents[job].Any(parent => gone[parent])));
            var now = after.Job(job + 1);
            if (gone[job] ? now.Stage != JobStage.Cancelled || now.CancelAsked : now.Stage != before[job].Stage) return false;
            if (!gone[job] && now.CancelAsked != (before[job].CancelAsked || (isNamed && !before[job].HasEnded))) return false;
        }
        return true;
    }

    private static BatchState Fresh(BatchEvents.BatchCreated created, BatchEvents.JobsPlanned planned)
    {
        var state = new BatchState();
        state.Apply(created);
        state.Apply(planned);
        return state;
    }

    /// <summary>Something that can happen to a job where it is; null where nothing can.</summary>
    private static object? Event(BatchState state, int job, int lot)
    {
        var now = Some.Time.AddSeconds(lot);
        var known = state.Job(job);
        if (lot == 0) return new BatchEvents.CancellationAsked(now);
        if (lot is 1 or 2) return new BatchEvents.CancellationAsked(now, [job]);
        if (lot == 99) return Besides(state, job, now);
        if (lot == 3) return state.IsPaused ? new BatchEvents.BatchUnpaused(now) : new BatchEvents.BatchPaused(now);
        return known.Stage switch
        {
            JobStage.Waiting => state.Breach(job) is not { } parent ? null
                : state.Job(parent).Stage == JobStage.Cancelled ? new JobCancelled(job, now, Trouble) : new JobFailed(job, now, Trouble),
            JobStage.Queued => lot < 8 ? new JobRefused(job, now, Trouble)
                : new SubmissionStarted(job, known.Submissions + 1, now, new Usd(0.04m), PriceBasis.Table),
            JobStage.Submitting => lot < 60 ? new PredictionAccepted(job, now, $"p{lot}", null)
                : lot < 75 ? new SubmissionRefused(job, now, RefusalReason.RateLimited, Trouble, now)
                : lot < 90 ? new SubmissionLost(job, now, Trouble, Resubmit: lot % 2 == 0)
                : new JobFailed(job, now, Trouble),
            JobStage.Generating => lot < 60 ? new GenerationFinished(job, now, ["https://x/a.png"], new Usd(lot / 1000m), lot % 2 == 0)
                : lot < 75 ? new AttemptFailed(job, now, Trouble, now)
                : lot < 85 ? new JobFellOverdue(job, now, Trouble)
                : new JobFailed(job, now, Trouble, PossiblyCharged: lot % 2 == 0),
            JobStage.Downloading => lot < 80 ? new JobSucceeded(job, now, [new OutputFile("images/a.png", 3, "ab")])
                : new JobFailed(job, now, Trouble, OutputsGone: lot % 2 == 0),
            JobStage.Overdue => new WaitBegunAnew(job, now),
            JobStage.Succeeded => known.Unpriced is [var missing, ..] ? new ChargeReported(job, missing.Submission, now, new Usd(lot / 1000m))
                : lot < 10 ? new JobRetried(job, now) : null,
            _ => new JobRetried(job, now),
        };
    }

    /// <summary>What happens to a batch and to none of its jobs.</summary>
    private static object Besides(BatchState state, int job, DateTimeOffset now) => (job % 4) switch
    {
        0 => new BatchEvents.BudgetSet(now, new Usd(job)),
        1 => new BatchEvents.InputUploaded(now, $"hash{job}", "https://x/a.png"),
        2 => new BatchEvents.OutputsRemoved(now),
        _ => state.IsDone ? new BatchEvents.BatchSettled(now) : new BatchEvents.BudgetSet(now, new Usd(1)),
    };

    private static bool Agree(BatchState state, Account account, int[][] parents)
    {
        var stages = Enumerable.Range(1, parents.Length).Select(job => state.Job(job).Stage).ToArray();
        bool Made(int parent) => stages[parent] == JobStage.Succeeded;
        var isStuck = stages.Select((stage, job) => stage == JobStage.Waiting
            && !parents[job].Any(parent => stages[parent] is JobStage.Failed or JobStage.Refused or JobStage.Cancelled)).ToArray();
        return Enum.GetValues<JobStage>().All(stage => state.Count(stage) == stages.Count(other => other == stage))
            && Enumerable.Range(1, parents.Length).All(job => state.Job(job) is not { CancelAsked: true, Waits: true })
            && stages.Select((stage, job) => stage != JobStage.Waiting || !parents[job].All(Made)).All(waits => waits)
            && (state.Charged, state.Reserved, state.InDoubt)
                == (account.Sum(MoneyStatus.Charged), account.Sum(MoneyStatus.Reserved), account.Sum(MoneyStatus.InDoubt))
            && state.IsDone == stages.Select((stage, job) => isStuck[job]
                || stage is JobStage.Succeeded or JobStage.Failed or JobStage.InDoubt or JobStage.Refused or JobStage.Cancelled
                    or JobStage.Overdue).All(rests => rests);
    }

    private static bool Same(JobState one, JobState other) =>
        (one.Stage, one.Revision, one.Submissions, one.Prediction, one.Failures, one.CancelAsked)
            == (other.Stage, other.Revision, other.Submissions, other.Prediction, other.Failures, other.CancelAsked)
        && one.Money.SequenceEqual(other.Money);

    /// <summary>Money by the rules as a person would tell them: each submission's amount, and what became of it.</summary>
    private sealed class Account(int jobs)
    {
        private readonly List<(MoneyStatus Status, Usd Amount)>[] _money = [.. Enumerable.Range(0, jobs).Select(_ => new List<(MoneyStatus, Usd)>())];

        public Usd Sum(MoneyStatus status) => _money.SelectMany(job => job).Where(money => money.Status == status).Select(money => money.Amount).Sum();

        public void Take(IJobEvent happened)
        {
            var money = _money[happened.Job - 1];
            switch (happened)
            {
                case SubmissionStarted e: money.Add((MoneyStatus.Reserved, e.Reserved)); break;
                case GenerationFinished e: EndLast(money, MoneyStatus.Charged, e.Charge); break;
                case SubmissionLost: EndLast(money, MoneyStatus.InDoubt, null); break;
                case JobFailed { PossiblyCharged: true }: EndLast(money, MoneyStatus.InDoubt, null); break;
                case SubmissionRefused or AttemptFailed or JobFailed: EndLast(money, MoneyStatus.Released, null); break;
                case ChargeReported e: money[e.Submission - 1] = (MoneyStatus.Charged, e.Charge); break;
            }
        }

        /// <summary>Only what is on its way comes to an end.</summary>
        private static void EndLast(List<(MoneyStatus Status, Usd Amount)> money, MoneyStatus status, Usd? amount)
        {
            if (money is [.., { Status: MoneyStatus.Reserved } last]) money[^1] = (status, amount ?? last.Amount);
        }
    }
}
