using Akka.Configuration;

namespace AtlasActors.Hosting;

/// <summary>The numbers of <c>reference.conf</c>, read once.</summary>
/// <param name="AccountLimit">Generations in flight at once for the whole account, over all batches.</param>
/// <param name="RefusalLimit">Refusals in a row (429, API not reached) after which a job fails.</param>
/// <param name="FreshGrace">How long after Atlas took a job it may not know it yet.</param>
/// <param name="OverduePoll">How often an overdue job is asked after.</param>
/// <param name="DownloadTries">Tries of one download in a row, after which the job is overdue.</param>
/// <param name="GoneTries">How often an output must be found missing, each time with a fresh address, to be given up.</param>
/// <param name="SubmitPatience">How long an answer to a submission may take, all in all.</param>
/// <param name="ManifestInterval">The least time between two writes of manifest.json.</param>
/// <param name="AckTimeout">After what time ledger and manifest are told again what they did not acknowledge.</param>
internal sealed record AtlasSettings(
    int AccountLimit, int RefusalLimit, TimeSpan FreshGrace, TimeSpan OverduePoll, int DownloadTries, int GoneTries,
    TimeSpan SubmitPatience, TimeSpan ManifestInterval, TimeSpan AckTimeout)
{
    public static AtlasSettings From(Config config)
    {
        var atlas = config.GetConfig("atlas-actors");
        return new AtlasSettings(
            atlas.GetInt("account-limit"), atlas.GetInt("refusal-limit"), atlas.GetTimeSpan("fresh-grace"),
            atlas.GetTimeSpan("overdue-poll"), atlas.GetInt("download-tries"), atlas.GetInt("gone-tries"),
            atlas.GetTimeSpan("submit-patience"), atlas.GetTimeSpan("manifest-interval"), atlas.GetTimeSpan("ack-timeout"));
    }
}
