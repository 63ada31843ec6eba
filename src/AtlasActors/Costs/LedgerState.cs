using AtlasActors.Batches;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>Every submission's money, counted once: the key is batch, job and submission.</summary>
internal sealed class LedgerState
{
    private readonly Dictionary<(BatchId Batch, int Job, int Submission), MoneyCounted> _entries = [];

    /// <summary>
    /// The events that bring the ledger to what the batch knows; none for what it has already, and none for old news,
    /// which may be told again after newer.
    /// </summary>
    public IReadOnlyList<MoneyCounted> Decide(BatchId batch, IEnumerable<JobMoney> jobs, DateTimeOffset now) =>
    [
        .. from job in jobs
           from money in job.Submissions
           where IsNews(batch, job, money)
           select new MoneyCounted(batch, job.Job, job.Model, money, now, job.Revision),
    ];

    public void Apply(MoneyCounted e) => _entries[(e.Batch, e.Job, e.Money.Submission)] = e;

    /// <summary>How many submissions are counted.</summary>
    public int Count => _entries.Count;

    /// <summary>All that is counted, to be kept in a snapshot.</summary>
    public IReadOnlyList<MoneyCounted> Entries => [.. _entries.Values];

    public LedgerView View(BatchId batch) => LedgerView.Of(
    [
        .. from entry in _entries.Values
           where entry.Batch == batch && entry.Money.Status != MoneyStatus.Released
           group entry by (Day: DayOf(entry), entry.Model) into line
           orderby line.Key.Day, line.Key.Model
           select Line(line.Key.Day, line.Key.Model, [.. line.Select(entry => entry.Money)]),
    ]);

    private bool IsNews(BatchId batch, JobMoney job, SubmissionMoney money) =>
        !_entries.TryGetValue((batch, job.Job, money.Submission), out var known)
        || (known.Money != money && (known.Revision is null || known.Revision <= job.Revision));

    /// <summary>The money's own day; in journals of before, the day on which the ledger heard of it.</summary>
    private static DateOnly DayOf(MoneyCounted entry) => DateOnly.FromDateTime((entry.Money.At ?? entry.At).UtcDateTime);

    private static LedgerLine Line(DateOnly day, string model, IReadOnlyList<SubmissionMoney> money) => new(
        day, model, money.Count, money.Count(one => one.Status == MoneyStatus.Charged),
        money.Select(one => one.Estimate ?? one.Amount).Sum(),
        SumOf(money, MoneyStatus.Reserved), SumOf(money, MoneyStatus.Charged),
        money.Where(one => one.IsUnconfirmed).Select(one => one.Amount).Sum(), SumOf(money, MoneyStatus.InDoubt));

    private static Usd SumOf(IEnumerable<SubmissionMoney> money, MoneyStatus status) =>
        money.Where(one => one.Status == status).Select(one => one.Amount).Sum();
}
