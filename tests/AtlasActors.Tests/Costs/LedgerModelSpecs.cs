using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Costs;

/// <summary>
/// The ledger against a plain dictionary, after every step of random histories: jobs of two batches go on, the ledger is
/// told late, twice, in the wrong order, or old news after newer, and it crashes between any two steps.
/// </summary>
public class LedgerModelSpecs
{
    private const int JobsPerBatch = 3;

    private static readonly BatchId[] Batches = [BatchId.Parse("one"), BatchId.Parse("two")];
    private static readonly string[] Models = ["a/image", "b/video"];

    /// <summary>What is drawn at each step: a job of a batch, what is done, and how.</summary>
    private static readonly Gen<(int Job, int Deed, int Lot)[]> AnyHistory =
        Gen.ArrayOf(
            from job in Gen.Choose(0, (Batches.Length * JobsPerBatch) - 1)
            from deed in Gen.Choose(0, 99)
            from lot in Gen.Choose(0, 9_999)
            select (job, deed, lot),
            ModelRun.Steps);

    [Fact]
    public void Whatever_is_told_however_often_and_whenever_it_crashes_the_ledger_is_a_plain_dictionary() =>
        ModelRun.Check(AnyHistory, Holds);

    private static bool Holds((int Job, int Deed, int Lot)[] history)
    {
        var jobs = Enumerable.Range(0, Batches.Length * JobsPerBatch).Select(job => new Job(job)).ToArray();
        var ledger = new StoredLedger();
        var book = new Book();
        foreach (var (number, deed, lot) in history)
        {
            var job = jobs[number];
            if (deed < 40) job.GoOn(lot);
            else if (deed < 85) Tell(ledger, book, Draw(jobs, job, lot), isWritten: lot % 3 != 0);
            else if (deed < 95) book.KeepOnly(ledger.CrashAfter(lot));
            else
            {
                ledger.Snapshot();
                book.Close();
            }
            if (!Agree(ledger.State, book)) return false;
        }
        // A batch tells all that was not acknowledged until it is.
        foreach (var job in jobs) Tell(ledger, book, [job.News[^1]], isWritten: true);
        book.KeepOnly(ledger.CrashAfter(0));
        return Agree(ledger.State, book) && jobs.All(job => book.Has(job.News[^1]));
    }

    /// <summary>One or two jobs of a batch, each as it is or as it was.</summary>
    private static JobNews[] Draw(Job[] jobs, Job job, int lot)
    {
        var other = jobs.First(one => one.Batch == job.Batch && one != job);
        return lot % 4 == 0 ? [job.Past(lot / 4), other.Past(lot / 8)] : [lot % 4 == 1 ? job.Past(lot / 4) : job.News[^1]];
    }

    private static void Tell(StoredLedger ledger, Book book, JobNews[] news, bool isWritten)
    {
        var now = Some.Time.AddDays(100);
        ledger.Take(ledger.State.Decide(news[0].Batch, news.Select(one => one.Money), now), isWritten);
        foreach (var one in news) book.Take(one);
    }

    private static bool Agree(LedgerState state, Book book) => Batches.All(batch => book.Agrees(batch, state.View(batch)));

    /// <summary>What a batch can say of a job at a moment.</summary>
    private sealed record JobNews(BatchId Batch, JobMoney Money);

    /// <summary>A job's money as its batch has it, now and at each moment before.</summary>
    private sealed class Job(int number)
    {
        private readonly List<SubmissionMoney> _money = [];

        public BatchId Batch { get; } = Batches[number / JobsPerBatch];

        public List<JobNews> News { get; } = [new(Batches[number / JobsPerBatch], Say(number, 0, []))];

        public JobNews Past(int lot) => News[lot % News.Count];

        /// <summary>The next thing that can happen to its money, of which none comes twice.</summary>
        public void GoOn(int lot)
        {
            var at = Some.Time.AddHours(lot % 100);
            var open = _money.FindIndex(money => money.Status == MoneyStatus.Reserved);
            var untold = _money.FindIndex(money => money.IsUnconfirmed || (money.Status == MoneyStatus.InDoubt && lot % 7 == 0));
            if (open >= 0)
                _money[open] = Ended(_money[open], lot, at);
            else if (untold >= 0 && lot % 2 == 0)
                _money[untold] = _money[untold] with { Status = MoneyStatus.Charged, Amount = Amount(lot), Reported = true };
            else
                _money.Add(new SubmissionMoney(_money.Count + 1, Amount(lot), MoneyStatus.Reserved, Amount(lot), At: at));
            News.Add(new JobNews(Batch, Say(number, News.Count, [.. _money])));
        }

        private static SubmissionMoney Ended(SubmissionMoney money, int lot, DateTimeOffset at) => (lot % 5) switch
        {
            0 => money with { Status = MoneyStatus.Released },
            1 => money with { Status = MoneyStatus.InDoubt },
            2 => money with { Status = MoneyStatus.Charged, Amount = Amount(lot), Reported = true, At = at },
            _ => money with { Status = MoneyStatus.Charged, Reported = false, At = at },
        };

        private static Usd Amount(int lot) => new(lot / 10_000m);

        private static JobMoney Say(int number, int revision, IReadOnlyList<SubmissionMoney> money) =>
            new(number % JobsPerBatch, revision, Models[number % Models.Length], money);
    }

    /// <summary>The ledger with what of it is on disk: a snapshot and events, of which the last may not be written yet.</summary>
    private sealed class StoredLedger
    {
        private readonly List<LedgerEvents.MoneyCounted> _events = [];
        private LedgerSnapshot _snapshot = new([]);
        private int _written;

        public LedgerState State { get; private set; } = new();

        public void Take(IReadOnlyList<LedgerEvents.MoneyCounted> events, bool isWritten)
        {
            foreach (var e in events) State.Apply(e);
            _events.AddRange(events);
            if (isWritten) _written = _events.Count;
        }

        public void Snapshot()
        {
            _snapshot = new LedgerSnapshot(State.Entries);
            _events.Clear();
            _written = 0;
        }

        /// <summary>
        /// Starts anew from the disk, to which some of what was not acknowledged may have come. How many events since the
        /// snapshot were there.
        /// </summary>
        public int CrashAfter(int lot)
        {
            _written += lot % (_events.Count - _written + 1);
            _events.RemoveRange(_written, _events.Count - _written);
            State = new LedgerState();
            foreach (var e in _snapshot.Entries.Concat(_events)) State.Apply(e);
            return _written;
        }
    }

    /// <summary>The plain account: of each submission the newest word about it, and the changes in their order.</summary>
    private sealed class Book
    {
        private readonly List<(Key Key, Line Line)> _changes = [];
        private Dictionary<Key, Line> _closed = [];
        private Dictionary<Key, Line> _lines = [];

        public void Take(JobNews news)
        {
            foreach (var money in news.Money.Submissions)
            {
                var key = new Key(news.Batch, news.Money.Job, money.Submission);
                if (_lines.TryGetValue(key, out var known) && (known.Money == money || known.Revision > news.Money.Revision))
                    continue;
                _lines[key] = new Line(news.Money.Revision, news.Money.Model, money);
                _changes.Add((key, _lines[key]));
            }
        }

        public bool Has(JobNews news) => news.Money.Submissions.All(money =>
            _lines.TryGetValue(new Key(news.Batch, news.Money.Job, money.Submission), out var line) && line.Money == money);

        /// <summary>What there is comes through any crash from now on.</summary>
        public void Close()
        {
            _closed = new Dictionary<Key, Line>(_lines);
            _changes.Clear();
        }

        /// <summary>A crash: of the changes since the last closing so many came to the disk.</summary>
        public void KeepOnly(int changes)
        {
            _changes.RemoveRange(changes, _changes.Count - changes);
            _lines = new Dictionary<Key, Line>(_closed);
            foreach (var (key, line) in _changes) _lines[key] = line;
        }

        /// <summary>Sums by day, model and status, added up one by one.</summary>
        public bool Agrees(BatchId batch, LedgerView view)
        {
            var sums = new Dictionary<(DateOnly Day, string Model, MoneyStatus Status), decimal>();
            var (unconfirmed, estimated) = (0m, 0m);
            foreach (var ((of, _, _), (_, model, money)) in _lines)
            {
                if (of != batch || money.Status == MoneyStatus.Released) continue;
                var key = (DateOnly.FromDateTime(money.At!.Value.UtcDateTime), model, money.Status);
                sums[key] = sums.GetValueOrDefault(key) + money.Amount.Amount;
                estimated += money.Estimate!.Value.Amount;
                if (money.Status == MoneyStatus.Charged && money.Reported != true) unconfirmed += money.Amount.Amount;
            }
            decimal Of(MoneyStatus status) => sums.Where(sum => sum.Key.Status == status).Sum(sum => sum.Value);
            return (view.Charged.Amount, view.Reserved.Amount, view.InDoubt.Amount, view.Unconfirmed.Amount, view.Estimated.Amount)
                    == (Of(MoneyStatus.Charged), Of(MoneyStatus.Reserved), Of(MoneyStatus.InDoubt), unconfirmed, estimated)
                && view.Lines.Select(line => (line.Day, line.Model)).ToHashSet().SetEquals(sums.Keys.Select(key => (key.Day, key.Model)))
                && view.Lines.All(line => (line.Charged.Amount, line.Reserved.Amount, line.InDoubt.Amount) == (
                    sums.GetValueOrDefault((line.Day, line.Model, MoneyStatus.Charged)),
                    sums.GetValueOrDefault((line.Day, line.Model, MoneyStatus.Reserved)),
                    sums.GetValueOrDefault((line.Day, line.Model, MoneyStatus.InDoubt))))
                && view.ChargedByDay.Values.Select(sum => sum.Amount).Sum() == Of(MoneyStatus.Charged);
        }

        private sealed record Key(BatchId Batch, int Job, int Submission);

        private sealed record Line(int Revision, string Model, SubmissionMoney Money);
    }
}
