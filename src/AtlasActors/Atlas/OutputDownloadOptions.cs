namespace AtlasActors.Atlas;

/// <summary>How long a download waits, and how far it follows.</summary>
internal sealed record OutputDownloadOptions
{
    /// <summary>How long the server may take until its answer begins.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long no byte may come; a slow download that goes on is never cut.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may take to stand; longer on slow networks.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The host from which anything may be fetched, wherever it is: the API's own.</summary>
    public string? TrustedHost { get; init; }

    /// <summary>Whether outputs may lie in private networks. Their addresses come from outside.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// The longest output that is taken; one without end would fill the disk. Videos of a minute in 4K have some 0.5 GB.
    /// </summary>
    public long MostBytes { get; init; } = 8L << 30;

    /// <summary>
    /// How many downloads run at once, and on how many connections to one server: the rest wait their turn. Jobs that download
    /// hold no slot, so thousands may be ready together. More only where outputs come slowly, each over a line of its own.
    /// </summary>
    public int MostAtOnce { get; init; } = 128;

    /// <summary>How many redirects are followed; more are taken for a circle.</summary>
    public int MaxRedirects { get; init; } = 5;
}
