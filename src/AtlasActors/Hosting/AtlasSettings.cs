using AtlasActors.Costs;
using AtlasActors.Gate;

namespace AtlasActors.Hosting;

/// <summary>The numbers of <c>reference.conf</c>, read once.</summary>
/// <param name="Gate">How many generations are in flight at once, over all batches.</param>
/// <param name="RefusalLimit">Refusals in a row (429, API not reached) after which a job fails.</param>
/// <param name="FreshGrace">How long after Atlas took a job it may not know it yet.</param>
/// <param name="OverduePoll">How often an overdue job is asked after.</param>
/// <param name="DownloadTries">Tries of one download in a row, after which the job is overdue.</param>
/// <param name="GoneTries">How often an output must be found missing, each time with a fresh address, to be given up.</param>
/// <param name="SubmitPatience">How long an answer to a submission may take, all in all.</param>
/// <param name="ManifestInterval">The least time between two writes of manifest.json.</param>
/// <param name="AckTimeout">After what time ledger and manifest are told again what they did not acknowledge.</param>
/// <param name="Plugins">Where the persistent actors keep their events.</param>
internal sealed record AtlasSettings(
    GateLimits Gate, int RefusalLimit, TimeSpan FreshGrace, TimeSpan OverduePoll, int DownloadTries, int GoneTries,
    TimeSpan SubmitPatience, TimeSpan ManifestInterval, TimeSpan AckTimeout, JournalPlugins Plugins)
{
    /// <summary>When charges are asked for that Atlas tells later.</summary>
    public ChargeSettings Charges { get; init; } = ChargeSettings.Usual;

    /// <summary>How often a job is asked after for which Atlas calls when it is done.</summary>
    public TimeSpan WebhookPoll { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After what time a batch at rest, which nobody asks about, is let go of until somebody does.</summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most that batches may spend together.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    public static AtlasSettings Read(SettingsReader from) => new(
        GateLimits.Read(from), from.Count("refusal-limit"), from.Duration("fresh-grace"),
        from.Duration("overdue-poll"), from.Count("download-tries"), from.Count("gone-tries"),
        from.Duration("submit-patience"), from.Duration("manifest-interval"), from.Duration("ack-timeout"),
        new JournalPlugins(from.Text("journal-plugin-id"), from.Text("snapshot-plugin-id")))
    {
        Charges = ChargeSettings.Read(from),
        WebhookPoll = from.Duration("webhook-poll"),
        PassivateAfter = from.Duration("passivate-after"),
        Budgets = from.Budgets(),
    };
}

/// <summary>The configuration paths of an Akka.Persistence journal and snapshot store; empty for the system's default.</summary>
internal sealed record JournalPlugins(string Journal, string Snapshots);
