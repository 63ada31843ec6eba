namespace AtlasActors.Atlas;

/// <summary>The addresses at which a prediction may be asked for.</summary>
internal enum PollPath
{
    /// <summary>The one that Atlas named in its answer, where it is none of the others.</summary>
    Announced,

    /// <summary><c>prediction/{id}</c>: the documented one.</summary>
    Prediction,

    /// <summary><c>prediction/{id}/get</c>: the tutorial's.</summary>
    PredictionGet,

    /// <summary><c>result/{id}</c>: of older schemas.</summary>
    Result,
}

/// <summary>
/// Which addresses to try for a prediction. The path that gave a status is kept for the client's life and asked first;
/// once it is the documented one, its word is final, so that a poll is a single request.
/// </summary>
internal sealed class PollPaths(Uri baseUrl)
{
    private const int None = -1;
    private readonly string _root = baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/');
    private int _known = None;

    /// <summary>Where to ask, in this order; a single one when it is known to be right.</summary>
    /// <remarks>
    /// Other paths than the documented one are not believed when they know nothing: one may have answered first only
    /// because the documented one was still warming up, and older paths serve some models only.
    /// </remarks>
    public IReadOnlyList<(PollPath Path, Uri Address)> For(Prediction prediction)
    {
        var documented = Documented(prediction.Id);
        // So nearly every poll goes: nothing else is looked at.
        if (Volatile.Read(ref _known) == (int)PollPath.Prediction
            && (prediction.PollUrl is null || prediction.PollUrl == documented))
            return [(PollPath.Prediction, new Uri(documented))];
        var announced = Announced(prediction);
        var all = All(prediction, announced);
        var known = all.FindIndex(candidate => (int)candidate.Path == Volatile.Read(ref _known));
        if (known < 0)
            return all;
        var right = all[known];
        if (announced is null)
        {
            all.RemoveAt(known);
            all.Insert(0, right);
        }
        return right.Path == PollPath.Prediction && all[0] == right ? [right] : all;
    }

    /// <summary>The prediction as it is to be remembered: an address that is the documented one need not be.</summary>
    public Prediction Kept(Prediction prediction) =>
        prediction.PollUrl == Documented(prediction.Id) ? prediction with { PollUrl = null } : prediction;

    /// <summary>This path gave a status. The documented one is never given up for another.</summary>
    public void Remember(PollPath path)
    {
        if (path == PollPath.Prediction)
            Volatile.Write(ref _known, (int)path);
        else
            Interlocked.CompareExchange(ref _known, (int)path, None);
    }

    private string Documented(string id) => $"{_root}/model/prediction/{Uri.EscapeDataString(id)}";

    private List<(PollPath Path, Uri Address)> All(Prediction prediction, Uri? announced)
    {
        var id = Uri.EscapeDataString(prediction.Id);
        List<(PollPath Path, Uri Address)> all =
        [
            (PollPath.Prediction, new Uri(Documented(prediction.Id))),
            (PollPath.PredictionGet, new Uri($"{_root}/model/prediction/{id}/get")),
            (PollPath.Result, new Uri($"{_root}/model/result/{id}")),
        ];
        if (announced is null)
            return all;
        // Mostly it names one of ours, which then comes first under its own name.
        var same = all.FindIndex(candidate => candidate.Address == announced);
        var first = same < 0 ? (PollPath.Announced, announced) : all[same];
        if (same >= 0)
            all.RemoveAt(same);
        all.Insert(0, first);
        return all;
    }

    private Uri? Announced(Prediction prediction) =>
        prediction.PollUrl is { } url
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && ApiOrigin.Covers(baseUrl, address)
            ? address
            : null;
}
