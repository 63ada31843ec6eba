using AtlasActors.Jobs;

namespace AtlasActors.Atlas;

/// <summary>Brings one output to disk. Expected failures are answers, as with <see cref="IAtlasApi"/>.</summary>
internal interface IOutputDownloads
{
    /// <summary>
    /// Downloads to <see cref="DownloadOrder.PartFile"/>, going on from what is there of an earlier try; checks length
    /// and kind; hashes, flushes to disk and renames to the place of <see cref="DownloadOrder.Target"/>.
    /// </summary>
    Task<DownloadAnswer> DownloadAsync(DownloadOrder order, CancellationToken cancellation);

    /// <summary>Whether an address serves something now; false too when nobody can say.</summary>
    Task<bool> IsThereAsync(string url, CancellationToken cancellation);
}

/// <summary>One output to bring.</summary>
/// <param name="Url">Its address: https, http, or data: with the bytes themselves. The key is never sent there.</param>
/// <param name="Target">The full path without extension; the extension follows what was received.</param>
/// <param name="PartFile">The full path of the temporary file, in the same folder as the target.</param>
/// <param name="Kind">What is expected; decides the extension when the answer does not tell.</param>
/// <param name="IsFurther">
/// Whether it is not the job's first output. Only the first of a video job must be a video: a last frame may follow it.
/// </param>
internal sealed record DownloadOrder(
    string Url, string Target, string PartFile, MediaKind Kind, bool IsFurther = false);

/// <summary>What became of a download: exactly one of the nested kinds.</summary>
internal abstract record DownloadAnswer
{
    private DownloadAnswer() { }

    /// <summary>The whole file is in its place. <paramref name="Sha256"/> is lower-case hex.</summary>
    public sealed record Saved(string Path, long Bytes, string Sha256) : DownloadAnswer;

    /// <summary>Broke off, timed out, 5xx, 429: try again, going on from the part that is there.</summary>
    public sealed record Interrupted(AtlasFailure Failure, TimeSpan? RetryAfter) : DownloadAnswer;

    /// <summary>403, 404, 410: this address does not serve it (any more). A fresh poll may tell a new address.</summary>
    public sealed record Gone(AtlasFailure Failure) : DownloadAnswer;

    /// <summary>
    /// It is there but it is not what was promised: an HTML page, JSON, nothing at all, a picture instead of a video.
    /// </summary>
    public sealed record WrongKind(AtlasFailure Failure) : DownloadAnswer;

    /// <summary>The disk refused: full, read-only, no permission. Nothing is wrong with the output.</summary>
    public sealed record DiskRefused(AtlasFailure Failure) : DownloadAnswer;
}
