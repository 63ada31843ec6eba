using AtlasActors.Batches;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>Every submission's money, counted once: the key is batch, job and submission.</summary>
internal sealed class LedgerState
{
    private readonly Dictionary<(BatchId Batch, int Job, int Submission), MoneyCounted> _entries = [];

    /// <summary>The events that bring the ledger to what the batch knows; none for what it has already.</summary>
    public IReadOnlyList<MoneyCounted> Decide(BatchId batch, IEnumerable<JobMoney> jobs, DateTimeOffset now) =>
    [
        .. from job in jobs
           from money in job.Submissions
           where !_entries.TryGetValue((batch, job.Job, money.Submission), out var known) || known.Money != money
           select new MoneyCounted(batch, job.Job, job.Model, money, now),
    ];

    public void Apply(MoneyCounted e) => _entries[(e.Batch, e.Job, e.Money.Submission)] = e;

    /// <summary>How many submissions are counted.</summary>
    public int Count => _entries.Count;

    /// <summary>All that is counted, to be kept in a snapshot.</summary>
    public IReadOnlyList<MoneyCounted> Entries => [.. _entries.Values];

    public LedgerView View(BatchId batch)
    {
        var entries = _entries.Values.Where(entry => entry.Batch == batch).ToList();
        var charged = entries.Where(entry => entry.Money.Status == MoneyStatus.Charged).ToList();
        return new LedgerView(
            charged.Select(entry => entry.Money.Amount).Sum(),
            entries.Where(entry => entry.Money.Status == MoneyStatus.Reserved).Select(entry => entry.Money.Amount).Sum(),
            entries.Where(entry => entry.Money.Status == MoneyStatus.InDoubt).Select(entry => entry.Money.Amount).Sum(),
            charged.GroupBy(entry => entry.Model)
                .ToDictionary(group => group.Key, group => group.Select(entry => entry.Money.Amount).Sum()),
            charged.GroupBy(entry => DateOnly.FromDateTime(entry.At.UtcDateTime))
                .ToDictionary(group => group.Key, group => group.Select(entry => entry.Money.Amount).Sum()));
    }
}
