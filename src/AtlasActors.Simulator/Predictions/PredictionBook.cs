using System.Collections.Concurrent;
using AtlasActors.Simulator.Journals;

namespace AtlasActors.Simulator.Predictions;

/// <summary>
/// All predictions, and what the accounts owe for them. Predictions settle when somebody next asks, by the time at
/// which they were done, so nothing runs in between.
/// </summary>
internal sealed class PredictionBook
{
    private readonly Lock _gate = new();
    private readonly SimulatorOptions _options;
    private readonly PriceTable _prices;
    private readonly SimulatorJournal? _journal;
    private readonly ConcurrentDictionary<string, Prediction> _predictions = new(StringComparer.Ordinal);
    private readonly List<Prediction> _inOrder = [];
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Prompt), int> _attempts = [];
    private readonly PriorityQueue<Prediction, DateTimeOffset> _running = new();

    public PredictionBook(SimulatorOptions options, PriceTable prices, SimulatorJournal? journal)
    {
        (_options, _prices, _journal) = (options, prices, journal);
        foreach (var prediction in journal?.Recovered ?? []) Add(prediction);
    }

    public Prediction? Find(string id) => _predictions.GetValueOrDefault(id);

    public IReadOnlyList<Prediction> All()
    {
        lock (_gate) return [.. _inOrder];
    }

    /// <summary>Accepts a submission for good, on disk before it returns, or says why not.</summary>
    public SubmitVerdict Submit(string account, SubmitOrder order)
    {
        lock (_gate)
        {
            var now = Settle();
            var price = _prices.Price(order.Kind, order.Model, order.Shape);
            if (Refusal(AccountOf(account), order.Model, price, now) is { } refusal) return refusal;
            var prediction = Predict(account, order, price, now);
            _journal?.Append(prediction);
            Add(prediction);
            return new SubmitVerdict.Accepted(prediction);
        }
    }

    /// <summary>What an account has running and has spent, as of now.</summary>
    public (int InFlight, decimal Reserved, decimal Charged) StateOf(string account)
    {
        lock (_gate)
        {
            Settle();
            var state = AccountOf(account);
            return (state.InFlight, state.Reserved, state.Charged);
        }
    }

    /// <summary>What an account was charged on the days from one until before another, as of now.</summary>
    public IReadOnlyList<DayCharge> ChargesOf(string account, DateOnly from, DateOnly before)
    {
        lock (_gate)
        {
            Settle();
            return [.. AccountOf(account).Charges.Between(from, before)];
        }
    }

    public (int InFlight, decimal Charged) Totals()
    {
        lock (_gate)
        {
            Settle();
            return (_running.Count, _accounts.Values.Sum(account => account.Charged));
        }
    }

    private SubmitVerdict.Refused? Refusal(Account account, string model, decimal price, DateTimeOffset now)
    {
        if (account.InFlight >= _options.MaxInFlight)
            return new SubmitVerdict.Refused(429, "too many predictions in progress");
        if (account.Charged + account.Reserved + price > _options.Balance)
            return new SubmitVerdict.Refused(402, "insufficient balance");
        return _options.RateLimit is { } limit && account.IsTooFast(limit, model, now)
            ? new SubmitVerdict.Refused(429, "rate limit exceeded")
            : null;
    }

    private Prediction Predict(string account, SubmitOrder order, decimal price, DateTimeOffset now)
    {
        var number = _inOrder.Count + 1L;
        var attempt = _attempts.GetValueOrDefault((order.Model, order.Prompt)) + 1;
        var markers = PromptMarkers.Read(order.Prompt);
        var outcome = markers.OutcomeOf(attempt);
        var fails = Chance.Hits(
            _options.Faults.FailedGenerationRate, _options.Seed, ChancePurpose.FailedGeneration, number);
        var takes = GenerationTimes.Draw(_options, order.Kind, order.Model, number, markers.Slow);
        // The id is not drawn from the seed: an id of an earlier run must be unknown here, not somebody else's picture.
        return new Prediction(
            number, Guid.NewGuid().ToString("N"), account, order.Kind, order.Model, order.Prompt, order.Shape, attempt,
            now, takes, outcome == Outcome.Completed && fails ? Outcome.Failed : outcome, price, order.Output);
    }

    private void Add(Prediction prediction)
    {
        _predictions[prediction.Id] = prediction;
        _inOrder.Add(prediction);
        _attempts[(prediction.Model, prediction.Prompt)] = prediction.Attempt;
        _running.Enqueue(prediction, prediction.DoneAt);
        AccountOf(prediction.Account).Start(prediction);
    }

    private DateTimeOffset Settle()
    {
        var now = _options.Clock.GetUtcNow();
        while (_running.TryPeek(out var prediction, out _) && prediction.IsDone(now))
            AccountOf(_running.Dequeue().Account).Settle(prediction);
        return now;
    }

    private Account AccountOf(string name)
    {
        if (!_accounts.TryGetValue(name, out var account)) _accounts[name] = account = new Account();
        return account;
    }
}
