using AtlasActors.Hosting;

namespace AtlasActors.Gate;

/// <summary>
/// How many generations may be in flight at once, over all batches: <c>account-limit</c>, <c>model-limit</c>,
/// <c>model-limits</c>, <c>priority-age</c> and <c>submission-limit</c> of the configuration.
/// </summary>
/// <param name="Account">In flight at once for the whole account.</param>
/// <param name="Model">Of one model, where <paramref name="Models"/> does not name it.</param>
/// <param name="Models">Of these models.</param>
/// <param name="Age">A batch of which nothing has been in flight for so long, though it waits, weighs twice as much.</param>
public sealed record GateLimits(int Account, int Model, IReadOnlyDictionary<string, int> Models, TimeSpan Age)
{
    /// <summary>
    /// Submissions under way at once, sent and not answered, 100 by default: so many connections are open for them, and so
    /// many jobs at most are in doubt after the process was killed.
    /// </summary>
    public int Submissions { get; init; } = 100;

    /// <summary>What may be in flight of a model.</summary>
    public int Of(string model) => Math.Min(Account, Models.GetValueOrDefault(model, Model));

    /// <summary>What is wrong with them, a sentence each.</summary>
    internal IReadOnlyList<string> Faults() =>
    [
        .. Counts().Where(count => count.Limit < 1).Select(
            count => FormattableString.Invariant($"{count.Name} is {count.Limit}: give a whole number from 1.")),
        .. Age > TimeSpan.Zero ? Array.Empty<string>() : [$"{nameof(Age)} is {Age}: give a time of more than nothing."],
    ];

    internal static GateLimits Read(SettingsReader from) => new(
        from.Count("account-limit"), from.Count("model-limit"), from.Limits("model-limits", "model"),
        from.Duration("priority-age"))
    {
        Submissions = from.Count("submission-limit"),
    };

    private IEnumerable<(string Name, int Limit)> Counts() =>
    [
        (nameof(Account), Account), (nameof(Submissions), Submissions), (nameof(Model), Model),
        .. Models.Select(model => (model.Key, model.Value)),
    ];
}
