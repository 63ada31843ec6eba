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
    /// <summary>An answer that was in time has been heard and recorded when so many times the time-out have passed.</summary>
    public const double PatiencePerTimeout = 1.5;

    /// <summary>When charges are asked for that Atlas tells later.</summary>
    public ChargeSettings Charges { get; init; } = ChargeSettings.Usual;

    /// <summary>How often a job is asked after for which Atlas calls when it is done.</summary>
    public TimeSpan WebhookPoll { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After what time a batch at rest, which nobody asks about, is let go of until somebody does.</summary>
    public TimeSpan PassivateAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most that batches may spend together.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>How long each call to Atlas may take.</summary>
    public CallTimeouts Timeouts { get; init; } = CallTimeouts.Usual;

    /// <summary>These, with the time-outs that code gives in the place of those that HOCON does.</summary>
    public AtlasSettings With(AtlasActorsOptions given)
    {
        var timeouts = new CallTimeouts(
            given.SubmitTimeout ?? Timeouts.Submit, given.PollTimeout ?? Timeouts.Poll, given.DownloadTimeout ?? Timeouts.Download);
        var least = timeouts.Submit * PatiencePerTimeout;
        return this with { Timeouts = timeouts, SubmitPatience = SubmitPatience > least ? SubmitPatience : least };
    }

    public static AtlasSettings Read(SettingsReader from) => new(
        GateLimits.Read(from), from.Count("refusal-limit"), from.Duration("fresh-grace"),
        from.Duration("overdue-poll"), from.Count("download-tries"), from.Count("gone-tries"),
        from.Duration("submit-patience"), from.Duration("manifest-interval"), from.Duration("ack-timeout"),
        new JournalPlugins(from.Text("journal-plugin-id"), from.Text("snapshot-plugin-id")))
    {
        Charges = ChargeSettings.Read(from),
        WebhookPoll = from.Duration("webhook-poll"),
        Timeouts = CallTimeouts.Read(from),
        PassivateAfter = from.Duration("passivate-after"),
        Budgets = from.Budgets(),
    };
}

/// <summary>How long each call to Atlas may take.</summary>
/// <param name="Submit">A submission; when it is over, the job is in doubt.</param>
/// <param name="Poll">A poll, or another call that costs nothing.</param>
/// <param name="Download">A download's first byte, and each one after.</param>
internal sealed record CallTimeouts(TimeSpan Submit, TimeSpan Poll, TimeSpan Download)
{
    public static CallTimeouts Usual { get; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

    public static CallTimeouts Read(SettingsReader from)
    {
        return new CallTimeouts(One("submit-timeout"), One("poll-timeout"), One("download-timeout"));

        TimeSpan One(string key)
        {
            var timeout = from.Duration(key);
            if (timeout > TimeSpan.Zero && !IsOne(timeout)) from.Fault(key, $"is {timeout}: give a time from 10 ms to a day.");
            return timeout;
        }
    }

    /// <summary>Whether a time can be waited for.</summary>
    public static bool IsOne(TimeSpan timeout) => timeout >= TimeSpan.FromMilliseconds(10) && timeout <= TimeSpan.FromDays(1);
}

/// <summary>The configuration paths of an Akka.Persistence journal and snapshot store; empty for the system's default.</summary>
internal sealed record JournalPlugins(string Journal, string Snapshots);
