using AtlasActors.Batches;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>
/// What the ledger has of one batch: open, an entry for each submission; closed, only what these come to. Closed is what a
/// batch becomes that is at its end, so that a ledger of a thousand batches is a few thousand lines.
/// </summary>
internal sealed class LedgerAccount(BatchId batch)
{
    private readonly Dictionary<(int Job, int Submission), MoneyCounted> _entries = [];
    private readonly Dictionary<(int Job, int Submission), MoneyReserved> _reservations = [];

    public BatchId Batch => batch;

    /// <summary>The labels of its batch, by which budgets touch it.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    /// <summary>What it was closed with; null while it is open.</summary>
    public AccountClosed? Closed { get; private set; }

    /// <summary>The highest of the batch's revisions that it was told at; 0 where none was told.</summary>
    public int Revision { get; private set; }

    /// <summary>How much it takes to be kept.</summary>
    public int Count => _entries.Count + _reservations.Count + (Closed?.Lines.Count ?? 0);

    public IEnumerable<MoneyCounted> Entries => _entries.Values;

    /// <summary>What was granted to submissions of which the batch has not told yet.</summary>
    public IEnumerable<MoneyReserved> Reservations => _reservations.Values;

    public IReadOnlyList<LedgerLine> Lines => Closed?.Lines ??
    [
        .. from entry in _entries.Values
           where entry.Money.Status != MoneyStatus.Released
           group entry by (Day: DayOf(entry), entry.Model) into line
           orderby line.Key.Day, line.Key.Model
           select Line(line.Key.Day, line.Key.Model, [.. line.Select(entry => entry.Money)]),
    ];

    /// <summary>What it takes of budgets, by the UTC day on which the submissions were begun.</summary>
    public IReadOnlyList<BudgetDay> Days
    {
        get
        {
            var counted = Closed?.Days.AsEnumerable() ?? _entries.Values.Select(BudgetDay.Of);
            return
            [
                .. counted.Concat(_reservations.Values.Select(BudgetDay.Of)).GroupBy(day => day.Day)
                    .Select(days => days.Aggregate((one, other) => one + other)).Where(day => !day.IsNothing)
                    .OrderBy(day => day.Day),
            ];
        }
    }

    /// <summary>Whether it would change by this; old news, which may be told again after newer, change nothing.</summary>
    public bool IsNews(JobMoney job, SubmissionMoney money) =>
        !_entries.TryGetValue((job.Job, money.Submission), out var known)
        || (known.Money != money && (known.Revision is null || known.Revision <= job.Revision));

    public MoneyCounted? Entry(int job, int submission) => _entries.GetValueOrDefault((job, submission));

    public MoneyReserved? Reservation(int job, int submission) => _reservations.GetValueOrDefault((job, submission));

    /// <summary>A closed account has this already: it is read again because a snapshot was ahead of the journal.</summary>
    public void Apply(MoneyCounted e)
    {
        if (Closed is not null) return;
        _entries[(e.Job, e.Money.Submission)] = e;
        _reservations.Remove((e.Job, e.Money.Submission));
        Revision = Math.Max(Revision, e.Told ?? 0);
    }

    public void Apply(MoneyReserved e) => _reservations[(e.Job, e.Submission)] = e;

    public void DropReservations() => _reservations.Clear();

    /// <summary>A batch that closes its account has nothing under way that it did not tell of.</summary>
    public void Apply(AccountClosed e)
    {
        _entries.Clear();
        _reservations.Clear();
        (Closed, Revision) = (e, e.Revision);
    }

    public void Apply(AccountOpened e)
    {
        _entries.Clear();
        (Closed, Revision) = (null, e.Revision);
    }

    /// <summary>The money's own day; in journals of before, the day on which the ledger heard of it.</summary>
    private static DateOnly DayOf(MoneyCounted entry) => DateOnly.FromDateTime((entry.Money.At ?? entry.At).UtcDateTime);

    private static LedgerLine Line(DateOnly day, string model, IReadOnlyList<SubmissionMoney> money) => new(
        day, model, money.Count, money.Count(one => one.Status == MoneyStatus.Charged),
        money.Count(one => one.IsUnconfirmed),
        money.Select(one => one.Estimate ?? one.Amount).Sum(),
        SumOf(money, MoneyStatus.Reserved), SumOf(money, MoneyStatus.Charged),
        money.Where(one => one.IsUnconfirmed).Select(one => one.Amount).Sum(), SumOf(money, MoneyStatus.InDoubt));

    private static Usd SumOf(IEnumerable<SubmissionMoney> money, MoneyStatus status) =>
        money.Where(one => one.Status == status).Select(one => one.Amount).Sum();
}
