using AtlasActors.Costs;

namespace AtlasActors.Hosting;

/// <summary>What AtlasActors must be told by whoever hosts it.</summary>
public sealed record AtlasActorsOptions
{
    /// <summary>Where the results and manifest.json go; made if it is not there.</summary>
    public required string OutputDir { get; init; }

    /// <summary>
    /// What stands before the files' paths in the manifest: <see cref="OutputDir"/> by default. A program that makes a full
    /// path of what its user wrote says here what that was.
    /// </summary>
    public string? ShownOutputDir { get; init; }

    /// <summary>
    /// The SQLite file of AtlasActors' own journal. Default: <c>.atlas-actors/journal.db</c> in <see cref="OutputDir"/>. Another
    /// database, or a journal of the actor system, is named in HOCON: <c>atlas-actors.journal</c>, <c>journal-plugin-id</c>.
    /// </summary>
    public string? JournalFile { get; init; }

    /// <summary>The API's address. Change it for a proxy, a simulator or another region.</summary>
    public Uri BaseUrl { get; init; } = new(AtlasEnvironment.DefaultAddress);

    /// <summary>The key, sent to <see cref="BaseUrl"/>'s host alone. Never logged, never stored.</summary>
    public required string ApiKey { get; init; }

    /// <summary>
    /// What batches remember as the API that they were begun with; <see cref="BaseUrl"/> by default. A simulator, whose
    /// port changes, gives it a name.
    /// </summary>
    public string? EndpointName { get; init; }

    /// <summary>
    /// By how much all waits between polls and tries are shortened, 1: for a simulator that makes its media faster than
    /// life, so that a rehearsal keeps its proportions.
    /// </summary>
    public double Haste { get; init; } = 1;

    /// <summary>
    /// Whether outputs may be fetched from private, loopback and link-local addresses. Off: their addresses come from outside,
    /// and this machine may reach what others must not. The host of <see cref="BaseUrl"/> may always be anywhere.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// How long Atlas may take to answer a submission; when it is over, the job is in doubt. Null: HOCON's <c>submit-timeout</c>,
    /// 60 s. Longer on a slow line.
    /// </summary>
    public TimeSpan? SubmitTimeout { get; init; }

    /// <summary>How long Atlas may take to answer a poll, after which it is asked again. Null: HOCON's <c>poll-timeout</c>, 30 s.</summary>
    public TimeSpan? PollTimeout { get; init; }

    /// <summary>
    /// How long a download may stand still, after which it goes on from what is there. Null: HOCON's <c>download-timeout</c>, 60 s.
    /// </summary>
    public TimeSpan? DownloadTimeout { get; init; }

    /// <summary>Go on with unfinished batches at start. True for a service; a command that only looks sets it false.</summary>
    public bool ContinueUnfinished { get; init; } = true;

    /// <summary>
    /// The address under which Atlas reaches this host, such as <c>https://media.example.org</c>; null where it does not.
    /// With one, each submission carries a <c>webhook_url</c> of its own below it, and what comes to
    /// <c>/hooks/atlas/…</c> there is to be handed to <see cref="IAtlasWebhooks"/>: Atlas then says when a job is done, and
    /// ends doubts about submissions whose answers were lost. Polls go on, and are rare.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// Each batch has a folder of its own in <see cref="OutputDir"/>, named by its id, with its results and its
    /// manifest.json. For a host that works on several batches at once.
    /// </summary>
    public bool FolderPerBatch { get; init; }

    /// <summary>
    /// The most that batches may spend together, in all or for a label, in all or each day or month (UTC); null for those of
    /// <c>atlas-actors.budgets</c>. They may be replaced while it runs: <see cref="IAtlasBatches.SetBudgetsAsync"/>.
    /// </summary>
    public IReadOnlyList<Budget>? Budgets { get; init; }

    /// <summary>Options with the key and the API's address from the environment.</summary>
    /// <param name="outputDir">Where the results and manifest.json go.</param>
    /// <exception cref="InvalidOperationException">
    /// None of <c>ATLASCLOUD_API_KEY</c>, <c>ATLAS_CLOUD_API_KEY</c> and <c>ATLAS_API_KEY</c> is set, or
    /// <c>ATLASCLOUD_BASE_URL</c> is no address.
    /// </exception>
    public static AtlasActorsOptions FromEnvironment(string outputDir)
    {
        var key = AtlasEnvironment.Key(Environment.GetEnvironmentVariable)
            ?? throw new InvalidOperationException($"No API key: set {AtlasEnvironment.KeyAdvice}.");
        var address = AtlasEnvironment.Address(Environment.GetEnvironmentVariable) ?? AtlasEnvironment.DefaultAddress;
        return new AtlasActorsOptions
        {
            OutputDir = outputDir,
            ApiKey = key,
            BaseUrl = AtlasEnvironment.AsAddress(address) ?? throw new InvalidOperationException(
                $"{AtlasEnvironment.AddressVariable} is '{address}': "
                + $"give an http or https address such as {AtlasEnvironment.DefaultAddress}."),
        };
    }

    /// <summary>All but the key, so that a log line shows none.</summary>
    public override string ToString() => $"{nameof(AtlasActorsOptions)} {{ OutputDir = {OutputDir}, BaseUrl = {BaseUrl} }}";
}
