using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Tests.Costs;

/// <summary>The ledger held against a plain sum, over jobs of any course, told of in any order and any number of times.</summary>
public class LedgerPropertySpecs
{
    private const int JobCount = 4;

    private static readonly BatchId Batch = BatchId.Parse("b");
    private static readonly AtlasFailure Trouble = new("It did not work.");

    [Fact]
    public void Whatever_is_told_again_or_late_the_ledger_ends_at_what_the_jobs_say() => Check((steps, order) =>
    {
        var (jobs, news) = Courses(steps);
        var told = news.Concat(order.Select(index => news.Count == 0 ? null : news[index % news.Count]).OfType<JobMoney>());
        var ledger = new LedgerState();
        foreach (var one in told) Tell(ledger, one);
        foreach (var job in jobs.Keys) Tell(ledger, Money(job, jobs[job]));

        return Agrees(ledger.View(Batch), [.. jobs.Values.SelectMany(job => job.Money)]);
    });

    [Fact]
    public void News_in_any_order_count_as_in_their_own() => Check((steps, order) =>
    {
        var (jobs, news) = Courses(steps);
        var shuffled = news.Select((one, place) => (one, place))
            .OrderBy(pair => order.Count == 0 ? 0 : order[pair.place % order.Count]).Select(pair => pair.one);
        var ledger = new LedgerState();
        foreach (var one in shuffled) Tell(ledger, one);

        return Agrees(ledger.View(Batch), [.. jobs.Values.SelectMany(job => job.Money)]);
    });

    [Fact]
    public void What_was_counted_is_read_back_as_it_was() => Check((steps, _) =>
    {
        var ledger = new LedgerState();
        List<LedgerEvents.MoneyCounted> journal = [];
        foreach (var one in Courses(steps).News) journal.AddRange(Tell(ledger, one));

        var replayed = new LedgerState();
        foreach (var e in journal) replayed.Apply(e);
        var snapshot = new LedgerState();
        foreach (var e in ledger.Entries) snapshot.Apply(e);

        return Same(ledger.View(Batch), replayed.View(Batch)) && Same(ledger.View(Batch), snapshot.View(Batch));
    });

    /// <summary>The plain reference: one pass over all money.</summary>
    private static bool Agrees(LedgerView view, IReadOnlyList<SubmissionMoney> all)
    {
        decimal charged = 0, unconfirmed = 0, reserved = 0, inDoubt = 0, estimated = 0;
        var days = new Dictionary<DateOnly, decimal>();
        foreach (var money in all)
        {
            var amount = money.Amount.Amount;
            if (money.Status != MoneyStatus.Released) estimated += money.Estimate!.Value.Amount;
            if (money.Status == MoneyStatus.Reserved) reserved += amount;
            if (money.Status == MoneyStatus.InDoubt) inDoubt += amount;
            if (money.Status != MoneyStatus.Charged) continue;
            charged += amount;
            if (money.Reported == false) unconfirmed += amount;
            var day = DateOnly.FromDateTime(money.At!.Value.UtcDateTime);
            days[day] = days.GetValueOrDefault(day) + amount;
        }
        return (view.Charged.Amount, view.Unconfirmed.Amount, view.Reserved.Amount, view.InDoubt.Amount)
                == (charged, unconfirmed, reserved, inDoubt)
            && view.Lines.Sum(line => line.Estimated.Amount) == estimated
            && view.ChargedByDay.OrderBy(day => day.Key).Select(day => (day.Key, day.Value.Amount))
                .SequenceEqual(days.OrderBy(day => day.Key).Select(day => (day.Key, day.Value)))
            && view.ChargedByModel.Values.Sum(amount => amount.Amount) == charged;
    }

    private static bool Same(LedgerView one, LedgerView other) => one.Lines.SequenceEqual(other.Lines);

    private static IReadOnlyList<LedgerEvents.MoneyCounted> Tell(LedgerState ledger, JobMoney news)
    {
        var events = ledger.Decide(Batch, [news], Some.Time.AddDays(9));
        foreach (var e in events) ledger.Apply(e);
        return events;
    }

    private static JobMoney Money(int job, JobState state) => new(job, state.Revision, $"model {job % 2}", state.Money);

    /// <summary>Leads some jobs through events that can follow on each other, and tells of each step.</summary>
    private static (Dictionary<int, JobState> Jobs, List<JobMoney> News) Courses(IReadOnlyList<int> steps)
    {
        var jobs = Enumerable.Range(1, JobCount).ToDictionary(job => job, _ => new JobState());
        List<JobMoney> news = [];
        var now = Some.Time;
        foreach (var step in steps)
        {
            now += TimeSpan.FromHours(step % 30);
            var job = (step % JobCount) + 1;
            if (Next(job, jobs[job], step / JobCount, now) is not { } happened) continue;
            jobs[job] = jobs[job].Apply(happened);
            news.Add(Money(job, jobs[job]));
        }
        return (jobs, news);
    }

    private static IJobEvent? Next(int job, JobState state, int choice, DateTimeOffset now) => state.Stage switch
    {
        JobStage.Queued => new SubmissionStarted(job, state.Submissions + 1, now, new Usd(0.01m * (choice % 7))),
        JobStage.Submitting => (choice % 5) switch
        {
            0 => new SubmissionLost(job, now, Trouble, Resubmit: choice % 2 == 0),
            1 => new SubmissionRefused(job, now, RefusalReason.RateLimited, Trouble, now),
            _ => new PredictionAccepted(job, now, $"p{job}-{state.Submissions}", null),
        },
        JobStage.Generating => (choice % 4) switch
        {
            0 => new AttemptFailed(job, now, Trouble, now),
            1 => new JobFailed(job, now, Trouble, PossiblyCharged: choice % 3 == 0),
            _ => new GenerationFinished(job, now, [], new Usd(0.01m * (choice % 5)), choice % 3 == 0),
        },
        _ when state.Unpriced is [var charge, ..] && choice % 3 != 0 =>
            new ChargeReported(job, charge.Submission, now, new Usd(0.013m * (choice % 11))),
        JobStage.Downloading => choice % 2 == 0 ? new JobSucceeded(job, now, []) : new JobFailed(job, now, Trouble),
        _ => new JobRetried(job, now),
    };

    private static void Check(Func<IReadOnlyList<int>, IReadOnlyList<int>, bool> holds) => Prop.ForAll(
        Gen.Choose(0, 10_000).ListOf().ToArbitrary(), Gen.Choose(0, 10_000).ListOf().ToArbitrary(),
        (steps, order) => holds([.. steps], [.. order])).QuickCheckThrowOnFailure();
}
