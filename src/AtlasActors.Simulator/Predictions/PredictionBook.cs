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
    private readonly ConcurrentDictionary<string, TrackedPrediction> _predictions = new(StringComparer.Ordinal);
    private readonly List<TrackedPrediction> _inOrder = [];
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelTally> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, string Prompt), int> _attempts = [];
    private readonly PriorityQueue<Prediction, DateTimeOffset> _running = new();

    public PredictionBook(SimulatorOptions options, PriceTable prices, SimulatorJournal? journal)
    {
        (_options, _prices, _journal) = (options, prices, journal);
        foreach (var prediction in journal?.Recovered ?? []) Add(prediction);
    }

    public int Count
    {
        get
        {
            lock (_gate) return _inOrder.Count;
        }
    }

    public TrackedPrediction? Find(string id) => _predictions.GetValueOrDefault(id);

    public IReadOnlyList<TrackedPrediction> All()
    {
        lock (_gate) return [.. _inOrder];
    }

    /// <summary>The latest few, the newest first.</summary>
    public IReadOnlyList<TrackedPrediction> Latest(int count)
    {
        lock (_gate) return [.. Enumerable.Reverse(_inOrder[^Math.Min(count, _inOrder.Count)..])];
    }

    /// <summary>Accepts a submission for good, on disk before it returns, or says why not.</summary>
    public SubmitVerdict Submit(string account, SubmitOrder order)
    {
        lock (_gate)
        {
            var now = Settle();
            var quote = _prices.Price(order.Kind, order.Model, order.Shape);
            if (Refusal(AccountOf(account), order.Model, quote, now) is { } refusal) return refusal;
            var prediction = Predict(account, order, quote, now);
            _journal?.Append(prediction);
            return new SubmitVerdict.Accepted(Add(prediction));
        }
    }

    /// <summary>Remembers that the address of a submission was called, so that no later run calls it again.</summary>
    public void RememberCalled(string id)
    {
        lock (_gate) _journal?.RememberCalled(id);
    }

    /// <summary>The predictions of earlier runs whose addresses were not called, or not to the end.</summary>
    public IReadOnlyList<TrackedPrediction> NotCalled() =>
    [
        .. (_journal?.Recovered ?? [])
            .Where(prediction => prediction.Terms?.WebhookUrl is not null && !_journal!.Called.Contains(prediction.Id))
            .Select(prediction => _predictions[prediction.Id]),
    ];

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

    /// <summary>What has become of each model's submissions, as of now.</summary>
    public IReadOnlyList<(string Model, ModelTally Tally)> ByModel()
    {
        lock (_gate)
        {
            Settle();
            return [.. _models.Select(pair => (pair.Key, pair.Value.Copy()))];
        }
    }

    private SubmitVerdict.Refused? Refusal(Account account, string model, decimal quote, DateTimeOffset now)
    {
        if (account.InFlight >= _options.MaxInFlight)
            return new SubmitVerdict.Refused(429, "too many predictions in progress");
        if (account.Charged + account.Reserved + quote > _options.Balance)
            return new SubmitVerdict.Refused(402, "insufficient balance")
            {
                AsOk = _options.Faults.PaymentRefusal == PaymentRefusal.Ok,
            };
        return _options.RateLimit is { } limit && account.IsTooFast(limit, model, now)
            ? new SubmitVerdict.Refused(429, "rate limit exceeded")
            : null;
    }

    private Prediction Predict(string account, SubmitOrder order, decimal quote, DateTimeOffset now)
    {
        var number = _inOrder.Count + 1L;
        var attempt = _attempts.GetValueOrDefault((order.Model, order.Prompt)) + 1;
        var markers = PromptMarkers.Read(order.Prompt);
        var takes = GenerationTimes.Draw(
            _options, order.Kind, order.Model, number, markers.Has(PromptMarker.Slow));
        var charge = Math.Round(quote * (markers.NumberOf(PromptMarker.Charge) ?? 100) / 100, 6);
        // The id is not drawn from the seed: an id of an earlier run must be unknown here, not somebody else's picture.
        return new Prediction(
            number, Guid.NewGuid().ToString("N"), account, order.Kind, order.Model, order.Prompt, order.Shape, attempt,
            now, takes, OutcomeOf(markers, attempt, number), charge, order.Output,
            charge == quote ? null : quote, order.Terms);
    }

    // What the prompt orders goes before chance.
    private Outcome OutcomeOf(PromptMarkers markers, int attempt, long number)
    {
        var faults = _options.Faults;
        return markers.OutcomeOf(attempt) is var ordered and not Outcome.Completed ? ordered
            : Hits(faults.FailedGenerationRate, ChancePurpose.FailedGeneration, number) ? Outcome.Failed
            : Hits(faults.TimedOutRate, ChancePurpose.TimedOut, number) ? Outcome.TimedOut
            : Hits(faults.ModeratedRate, ChancePurpose.Moderated, number) ? Outcome.Moderated
            : Hits(faults.EmptyRate, ChancePurpose.Empty, number) ? Outcome.Empty
            : Outcome.Completed;
    }

    private bool Hits(double rate, ChancePurpose purpose, long number) =>
        Chance.Hits(rate, _options.Seed, purpose, number);

    private TrackedPrediction Add(Prediction prediction)
    {
        var tracked = new TrackedPrediction(prediction);
        _predictions[prediction.Id] = tracked;
        _inOrder.Add(tracked);
        _attempts[(prediction.Model, prediction.Prompt)] = prediction.Attempt;
        _running.Enqueue(prediction, prediction.DoneAt);
        AccountOf(prediction.Account).Start(prediction);
        TallyOf(prediction.Model).Start();
        return tracked;
    }

    private DateTimeOffset Settle()
    {
        var now = _options.Clock.GetUtcNow();
        while (_running.TryPeek(out var prediction, out _) && prediction.IsDone(now))
        {
            _running.Dequeue();
            AccountOf(prediction.Account).Settle(prediction);
            TallyOf(prediction.Model).Settle(prediction);
        }

        return now;
    }

    private Account AccountOf(string name)
    {
        if (!_accounts.TryGetValue(name, out var account)) _accounts[name] = account = new Account();
        return account;
    }

    private ModelTally TallyOf(string model)
    {
        if (!_models.TryGetValue(model, out var tally)) _models[model] = tally = new ModelTally();
        return tally;
    }
}
