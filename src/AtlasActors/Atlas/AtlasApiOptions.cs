namespace AtlasActors.Atlas;

/// <summary>Where the API is, with which key, and how long to wait for it.</summary>
internal sealed record AtlasApiOptions
{
    /// <summary>The API's address. Change it for a proxy, a simulator or another region.</summary>
    public Uri BaseUrl { get; init; } = new("https://api.atlascloud.ai/api/v1");

    /// <summary>The key, sent to the scheme, host and port of <see cref="BaseUrl"/> and nowhere else.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Whether nothing is sent in the key's place; <see cref="ApiKey"/> is empty then, and otherwise never.</summary>
    public bool IsWithoutKey { get; init; }

    /// <summary>
    /// Whether documents may be fetched from private networks. Their addresses stand in the list of models, and so come
    /// from outside. The host of <see cref="BaseUrl"/> may always be anywhere.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>
    /// How long a submission may take. Longer only for sync mode; when it is over, the job is in doubt.
    /// </summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest submission that Atlas takes; more is refused here, before anything is sent.</summary>
    public int MaxSubmissionBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>How long an upload may take: longer for large videos over a slow line.</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long one request of a poll, a quote or a list may take. They cost nothing, so it may be short.
    /// </summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection may take to stand; longer on slow networks. Nothing has been sent before it does.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many submissions are sent at once, each on a connection of its own. More than the usual <c>account-limit</c> of
    /// 1000, so that none waits where nobody raised that; where somebody did, the machine's ports are not used up by a start.
    /// </summary>
    public int MostSubmissions { get; init; } = 1024;

    /// <summary>
    /// How many files are uploaded at once. They share one line: more at once are not there sooner, but each takes longer, up
    /// to where all run out of their time.
    /// </summary>
    public int MostUploads { get; init; } = 32;

    /// <summary>
    /// How many polls, quotes and lists are asked for at once, and on how many connections. At 100 ms a poll 256 are 2,560 a
    /// second, which is what 50,000 jobs of a minute need; the rest wait their turn, which costs nothing.
    /// </summary>
    public int MostQuestions { get; init; } = 256;

    /// <summary>
    /// The longest answer that is read. Base64 outputs make answers long; 32 MB holds any known image.
    /// </summary>
    public int MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// How often a poll, a quote or a list is tried again at once after a transport fault; then the caller's schedule takes over.
    /// </summary>
    public int PollRetries { get; init; } = 2;

    /// <summary>The wait before the first of those tries; it doubles, with jitter.</summary>
    public TimeSpan PollRetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Over how long the circuit breaker counts.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests the window must hold before the circuit may open.</summary>
    public int BreakerThroughput { get; init; } = 20;

    /// <summary>
    /// Which share of them must fail. At 0.9 of 20 a server that loses a quarter of all requests opens the circuit less
    /// than once in 10^8 windows, and one that is down opens it at the twentieth request.
    /// </summary>
    public double BreakerRatio { get; init; } = 0.9;

    /// <summary>How long the circuit stays open before one request may try again.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The address only: the key must not reach a log by way of this record.</summary>
    public override string ToString()
    {
        var address = BaseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return $"{nameof(AtlasApiOptions)} {{ BaseUrl = {address} }}";
    }
}
