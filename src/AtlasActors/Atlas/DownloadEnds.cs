using System.Globalization;
using AtlasActors.Jobs;

namespace AtlasActors.Atlas;

/// <summary>
/// The ways in which a download ends, each with what becomes of the part file. Addresses are named by host only.
/// </summary>
internal static class DownloadEnds
{
    private static readonly ServerText Texts = new(secret: "");

    /// <summary>All is there: into its place with it, if it is media.</summary>
    public static DownloadAnswer Finish(DownloadOrder order, PartFile part, string? contentType)
    {
        var mayBeText = MediaFormat.MayBeText(order.Url, contentType);
        if (Markup.InsteadOfMedia(contentType, part.Head, part.Length, mayBeText) is { } other)
            return WrongKind(part, other);
        if (order is { Kind: MediaKind.Video, IsFurther: false }
            && MediaFormat.InsteadOfVideo(part.Head, contentType, order.Url) is { } still)
            return WrongKind(part, still + " instead of a video");
        var path = order.Target + MediaFormat.Extension(part.Head, contentType, order.Url, order.Kind);
        var bytes = part.Length;
        return new DownloadAnswer.Saved(path, bytes, part.Finish(path));
    }

    /// <summary>It broke off; the part stays.</summary>
    public static DownloadAnswer Interrupted(Uri address, PartFile part, string cause) =>
        Interrupted(Invariant($"The download from {address.Host} broke off at {part.Length} bytes: {cause}."));

    /// <summary>The server's own numbers disagree: nothing of it can be trusted.</summary>
    public static DownloadAnswer WrongLength(Uri address, PartFile part, long announced)
    {
        var length = part.Length;
        if (length > announced)
            part.Discard();
        return Interrupted(Invariant($"{address.Host} announced {announced} bytes and sent {length}."));
    }

    /// <summary>It is not what was promised; the part goes.</summary>
    public static DownloadAnswer WrongKind(PartFile part, string other)
    {
        part.Discard();
        return new DownloadAnswer.WrongKind(
            new AtlasFailure($"The output is not what was promised: the server sent {other}."));
    }

    /// <summary>It is not there; the part goes.</summary>
    public static DownloadAnswer Gone(PartFile part, string message, int? status, string? request = null)
    {
        part.Discard();
        return new DownloadAnswer.Gone(new AtlasFailure(message, status, RequestId: request));
    }

    /// <summary>Any other status than those that bring the file.</summary>
    public static DownloadAnswer OfStatus(
        Uri address, PartFile part, HttpResponseMessage response, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var wait = HttpAnswer.WaitAskedBy(response.Headers.RetryAfter, now);
        var request = Texts.Id(HttpAnswer.RequestIdOf(response));
        return status switch
        {
            408 or 425 or 429 or >= 500 => Interrupted(
                Invariant($"{address.Host} did not serve the output just now (HTTP {status})."), status, wait, request),
            >= 300 and < 400 => Gone(part,
                Invariant($"{address.Host} leads to an address that is not followed (HTTP {status})."), status, request),
            >= 400 => Gone(part,
                Invariant($"{address.Host} does not serve the output, or no longer (HTTP {status})."), status, request),
            _ => WrongKind(part, Invariant($"no content (HTTP {status})")),
        };
    }

    private static DownloadAnswer.Interrupted Interrupted(
        string message, int? status = null, TimeSpan? wait = null, string? request = null) =>
        new(new AtlasFailure(message, status, RequestId: request), wait);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
