using System.Runtime.InteropServices;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using static AtlasActors.Costs.LedgerEvents;

namespace AtlasActors.Costs;

/// <summary>
/// All batches' money. What runs is counted by submission, once: the key is batch, job and submission. What has come to its
/// end is kept as lines, at the batch's revision: news of later revisions can't be put to lines, so the batch is then asked
/// for its whole account, which takes their place.
/// </summary>
internal sealed partial class LedgerState
{
    private readonly Dictionary<BatchId, LedgerAccount> _accounts = [];
    private readonly Dictionary<string, string> _models = [];

    /// <summary>
    /// The events that bring the ledger to what the batch knows; none for what it has already, and none for old news,
    /// which may be told again after newer. <paramref name="told"/>: the batch's revision, at which it tells.
    /// </summary>
    public IReadOnlyList<MoneyCounted> Decide(BatchId batch, IEnumerable<JobMoney> jobs, DateTimeOffset now, int? told = null)
    {
        var account = Find(batch);
        if (account is { Closed: not null }) return [];
        return
        [
            .. from job in jobs
               from money in job.Submissions
               where account is null || account.IsNews(job, money)
               select new MoneyCounted(batch, job.Job, job.Model, money, now, job.Revision, told),
        ];
    }

    /// <summary>Whether news can't be counted because the account is closed, and the batch has got on since then.</summary>
    public bool NeedsWhole(BatchId batch, int? told) =>
        Find(batch) is { Closed: { } closed } && (told is null || told > closed.Revision);

    /// <summary>Whether a batch at its end is still kept by submissions; one that costs nothing is not kept at all.</summary>
    public bool IsOpen(BatchId batch) => Find(batch) is { Closed: null };

    /// <summary>The events that put a closed account's submissions in the place of its lines; an account of before changes nothing.</summary>
    public IReadOnlyList<object> Open(BatchId batch, int told, IReadOnlyList<JobMoney> jobs, DateTimeOffset now)
    {
        if (!NeedsWhole(batch, told)) return [.. Decide(batch, jobs, now, told)];
        var counted = new LedgerState().Decide(batch, jobs, now, told);
        return [new AccountOpened(batch, told), .. counted];
    }

    /// <summary>The events that put a batch's lines in the place of its submissions; an account of before changes nothing.</summary>
    public IReadOnlyList<object> Close(AccountClosed closed)
    {
        var account = Find(closed.Batch);
        var isOld = account is not null && (account.Closed is null ? account.Revision > closed.Revision : account.Revision >= closed.Revision);
        return isOld ? [] : [closed];
    }

    /// <summary>Takes an event in. One that it does not know is a fault of ours, and throws.</summary>
    public void Apply(object happened)
    {
        switch (happened)
        {
            case MoneyCounted e: Apply(e); break;
            case AccountLabelled e: Change(e.Batch, account => account.Labels = e.Labels); break;
            case AccountClosed e: Change(e.Batch, account => account.Apply(e)); break;
            case AccountOpened e: Change(e.Batch, account => account.Apply(e)); break;
            case MoneyReserved e: Apply(e); break;
            case ReservationsReleased e: Change(e.Batch, account => account.DropReservations()); break;
            default: throw new NotSupportedException($"The ledger knows no event {happened.GetType().Name}.");
        }
    }

    /// <summary>How much is kept: entries of what runs, lines of what does not.</summary>
    public int Count => _accounts.Values.Sum(account => account.Count);

    /// <summary>The submissions of all open accounts, to be kept in a snapshot.</summary>
    public IReadOnlyList<MoneyCounted> Entries => [.. _accounts.Values.SelectMany(account => account.Entries)];

    /// <summary>All of it: applying what it holds leads here.</summary>
    public LedgerSnapshot Snapshot() => new(Entries)
    {
        Labels = OrNull(
            from account in _accounts.Values
            where account.Labels is not null
            select new AccountLabelled(account.Batch, account.Labels!)),
        Closed = OrNull(_accounts.Values.Select(account => account.Closed).OfType<AccountClosed>()),
        Reserved = OrNull(_accounts.Values.SelectMany(account => account.Reservations)),
    };

    public LedgerView View(BatchId batch) => LedgerView.Of(Find(batch)?.Lines ?? []);

    /// <summary>The account of a batch, as it is closed.</summary>
    public AccountClosed Closing(BatchId batch, int revision) =>
        new(batch, revision, Find(batch)?.Lines ?? [], Find(batch)?.Days ?? []);

    /// <summary>Of 100,000 entries each would have the names of its batch and model anew, as the journal has.</summary>
    private MoneyCounted Shared(MoneyCounted e, LedgerAccount account)
    {
        var model = _models.TryGetValue(e.Model, out var kept) ? kept : _models[e.Model] = e.Model;
        return ReferenceEquals(e.Model, model) && ReferenceEquals(e.Batch.Value, account.Batch.Value)
            ? e
            : e with { Batch = account.Batch, Model = model };
    }

    private static List<T>? OrNull<T>(IEnumerable<T> some) => some.ToList() is { Count: > 0 } list ? list : null;

    private LedgerAccount? Find(BatchId batch) => _accounts.GetValueOrDefault(batch);

    private LedgerAccount Account(BatchId batch)
    {
        ref var account = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, batch, out _);
        return account ??= new LedgerAccount(batch);
    }
}

/// <summary>The whole ledger at one moment, as events that lead there. What is optional is null where there is none, and in snapshots of before.</summary>
internal sealed record LedgerSnapshot(IReadOnlyList<MoneyCounted> Entries) : IPackedInJournal
{
    public IReadOnlyList<AccountLabelled>? Labels { get; init; }

    public IReadOnlyList<AccountClosed>? Closed { get; init; }

    public IReadOnlyList<MoneyReserved>? Reserved { get; init; }

    /// <summary>In an order in which they can be applied.</summary>
    public IEnumerable<object> Events() => [.. Labels ?? [], .. Entries, .. Closed ?? [], .. Reserved ?? []];
}
