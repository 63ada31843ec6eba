using System.Text;
using System.Text.Json;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Hosting;
using AtlasActors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Costs;

/// <summary>
/// A ledger that keeps lines of batches at rest. Held against a plain sum while messages are lost, come twice, late and in
/// any order, and while the ledger falls and reads its journal again.
/// </summary>
public class LedgerFoldingSpecs
{
    private static readonly BatchId Batch = BatchId.Parse("b");

    [Fact]
    public void Whatever_is_lost_late_or_told_twice_a_folded_batch_ends_at_what_its_jobs_say() => Check(draws =>
    {
        var run = new LedgerRun();
        foreach (var draw in draws) run.Step(draw);
        run.TellAll();
        run.DeliverEverythingAgain();
        if (!run.Agrees()) return false;

        run.Rest();
        run.DeliverEverythingAgain();
        if (!run.Agrees() || run.Ledger.IsOpen(Batch)) return false;

        run.Fall(fromSnapshot: true);
        if (!run.Agrees()) return false;
        run.Fall(fromSnapshot: false);
        return run.Agrees();
    });

    [Fact]
    public void A_thousand_batches_at_their_end_are_a_thousand_lines_whatever_jobs_they_have()
    {
        var ledger = new LedgerState();
        for (var number = 1; number <= 1000; number++)
        {
            var batch = BatchId.Parse($"b{number}");
            var jobs = Enumerable.Range(1, 100).Select(job => new JobMoney(
                job, 3, "black-forest-labs/flux-2-pro/text-to-image",
                [new SubmissionMoney(1, new Usd(0.04m), MoneyStatus.Charged, new Usd(0.04m), At: Some.Time, Reported: true)]));
            foreach (var e in ledger.Decide(batch, jobs, Some.Time, 300)) ledger.Apply(e);
            foreach (var e in ledger.Close(ledger.Closing(batch, 300))) ledger.Apply(e);
        }

        Assert.Equal(1000, ledger.Count);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(ledger.Snapshot(), AtlasEventSerializer.Json).Length, 1, 500_000);
        Assert.Equal((new Usd(4m), 100), (ledger.View(BatchId.Parse("b7")).Charged, ledger.View(BatchId.Parse("b7")).Lines.Single().Submissions));
    }

    [Fact]
    public void A_snapshot_of_before_is_read_as_batches_that_are_open()
    {
        const string old = """
            {"entries":[{"batch":"b","job":1,"model":"m","money":{"submission":1,"amount":0.04,"status":"Charged"},"at":"2026-11-21T06:00:00+00:00","revision":3}]}
            """;
        var ledger = new LedgerState();
        foreach (var e in JsonSerializer.Deserialize<LedgerSnapshot>(Encoding.UTF8.GetBytes(old), AtlasEventSerializer.Json)!.Events())
            ledger.Apply(e);

        Assert.True(ledger.IsOpen(Batch));
        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Charged);
        foreach (var e in ledger.Close(ledger.Closing(Batch, 3))) ledger.Apply(e);
        Assert.Equal(new Usd(0.04m), ledger.View(Batch).Charged);
    }

    private static void Check(Func<IReadOnlyList<int>, bool> holds) => Prop.ForAll(
        Gen.Choose(0, 1_000_000).ListOf().ToArbitrary(), draws => holds([.. draws]))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(150));

    /// <summary>A batch, its messages on their way to the ledger, and the ledger with its journal.</summary>
    private sealed class LedgerRun
    {
        private readonly List<JobMoney> _jobs = [.. Enumerable.Range(1, 4).Select(job => new JobMoney(job, 0, $"model {job % 2}", []))];
        private readonly List<ILedgerCommand> _sent = [];
        private readonly List<object> _journal = [];
        private LedgerSnapshot? _snapshot;
        private int _journalled;
        private int _revision;

        public LedgerState Ledger { get; private set; } = new();

        private IReadOnlyList<JobMoney> WithMoney => [.. _jobs.Where(job => job.Submissions.Count > 0)];

        public void Step(int draw)
        {
            var choice = draw / 9;
            switch (draw % 9)
            {
                case 0 or 1 or 2: Happen(choice); break;
                case 3: _sent.Add(new LedgerCommands.TakeMoney(Batch, [_jobs[choice % _jobs.Count]], _revision)); break;
                case 4: _sent.Add(new LedgerCommands.TakeAccount(Batch, _revision, WithMoney, null)); break;
                case 5: _sent.Add(new LedgerCommands.CloseAccount(Statement(), [], null)); break;
                case 6 when _sent.Count > 0: Deliver(_sent[choice % _sent.Count]); break;
                case 7 when _sent.Count > 0: _sent.RemoveAt(choice % _sent.Count); break;
                case 8 when choice % 3 == 0: TakeSnapshot(); break;
                case 8: Fall(fromSnapshot: choice % 2 == 0); break;
            }
        }

        /// <summary>What a batch that works does until all is acknowledged.</summary>
        public void TellAll()
        {
            if (Deliver(new LedgerCommands.TakeMoney(Batch, WithMoney, _revision)))
                Deliver(new LedgerCommands.TakeAccount(Batch, _revision, WithMoney, null));
        }

        public void Rest() => Deliver(new LedgerCommands.CloseAccount(Statement(), [], null));

        public void DeliverEverythingAgain()
        {
            foreach (var message in _sent) Deliver(message);
        }

        public void Fall(bool fromSnapshot)
        {
            Ledger = new LedgerState();
            if (fromSnapshot && _snapshot is not null)
                foreach (var e in _snapshot.Events()) Ledger.Apply(e);
            foreach (var e in _journal.Skip(fromSnapshot && _snapshot is not null ? _journalled : 0)) Ledger.Apply(e);
        }

        public bool Agrees()
        {
            var all = _jobs.SelectMany(job => job.Submissions).ToList();
            var view = Ledger.View(Batch);
            var days = Ledger.Closing(Batch, 0).Days;
            Usd Sum(MoneyStatus status) => all.Where(money => money.Status == status).Select(money => money.Amount).Sum();
            return (view.Charged, view.Reserved, view.InDoubt) == (Sum(MoneyStatus.Charged), Sum(MoneyStatus.Reserved), Sum(MoneyStatus.InDoubt))
                && view.Lines.Sum(line => line.Submissions) == all.Count(money => money.Status != MoneyStatus.Released)
                && days.Select(day => day.Committed).Sum() == view.Charged + view.Reserved + view.InDoubt;
        }

        /// <summary>The snapshot may be ahead of the journal: what is written after it is applied already.</summary>
        private void TakeSnapshot() => (_snapshot, _journalled) = (Ledger.Snapshot(), Math.Max(0, _journal.Count - 2));

        private void Happen(int choice)
        {
            var job = _jobs[choice % _jobs.Count];
            var status = (MoneyStatus)(choice / 4 % 4);
            List<SubmissionMoney> money = [.. job.Submissions];
            if (money is [.., { Status: MoneyStatus.Reserved } last])
                money[^1] = last with { Status = status, Amount = status == MoneyStatus.Charged ? new Usd(0.01m * (choice % 13)) : last.Amount };
            else if (money is [.., { Status: MoneyStatus.Charged, Reported: null } charged] && choice % 2 == 0)
                money[^1] = charged with { Amount = new Usd(0.013m * (choice % 7)), Reported = true };
            else
                money.Add(new SubmissionMoney(money.Count + 1, new Usd(0.01m * (choice % 9)), MoneyStatus.Reserved, At: Some.Time.AddHours(_revision * 5)));
            _revision++;
            _jobs[job.Job - 1] = job with { Revision = job.Revision + 1, Submissions = money };
        }

        private LedgerEvents.AccountClosed Statement()
        {
            var own = new LedgerState();
            foreach (var e in own.Decide(Batch, WithMoney, Some.Time)) own.Apply(e);
            return own.Closing(Batch, _revision);
        }

        /// <summary>What the ledger's actor does with it; whether it asks for the whole account.</summary>
        private bool Deliver(ILedgerCommand message)
        {
            switch (message)
            {
                case LedgerCommands.TakeMoney take when Ledger.NeedsWhole(take.Batch, take.Revision): return true;
                case LedgerCommands.TakeMoney take: Write(Ledger.Decide(take.Batch, take.Jobs, Some.Time, take.Revision)); break;
                case LedgerCommands.TakeAccount take: Write(Ledger.Open(take.Batch, take.Revision, take.Jobs, Some.Time)); break;
                case LedgerCommands.CloseAccount close: Write(Ledger.Close(close.Account)); break;
            }
            return false;
        }

        private void Write(IReadOnlyList<object> events)
        {
            foreach (var e in events) Ledger.Apply(e);
            _journal.AddRange(events);
        }
    }
}
