using AtlasActors.Atlas;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>What Atlas says of a model just now: exactly one of the nested kinds.</summary>
public abstract record PublishedModel
{
    private PublishedModel() { }

    /// <summary>It is listed, and this is what it takes.</summary>
    public sealed record Described(ListedModel Row, ModelSchema Schema) : PublishedModel;

    /// <summary>It is listed, but what it takes is not known: no schema is published, or none that can be read.</summary>
    public sealed record Undescribed(ListedModel Row, string Why) : PublishedModel;

    /// <summary>
    /// Atlas lists no such model. <paramref name="Meant"/> is one that it lists and that is nearly called so, or null.
    /// </summary>
    public sealed record NotListed(string? Meant) : PublishedModel;

    /// <summary>Nobody could be asked. <paramref name="IsKeyRefused"/>: because of the key.</summary>
    public sealed record Unanswered(AtlasFailure Failure, bool IsKeyRefused) : PublishedModel;
}

/// <summary>
/// The models as Atlas describes them. The list and each schema are asked for once in the life of this, and again only
/// where there was no answer.
/// </summary>
public sealed class LiveSchemas
{
    private readonly IAtlasInquiries _atlas;
    private readonly Dictionary<string, PublishedModel> _known = [];
    private readonly SemaphoreSlim _one = new(1);
    private IReadOnlyList<ListedModel>? _list;

    /// <param name="atlas">Whom to ask; <see cref="AtlasAccount.WithoutKey"/> does.</param>
    public LiveSchemas(IAtlasInquiries atlas)
    {
        ArgumentNullException.ThrowIfNull(atlas);
        _atlas = atlas;
    }

    /// <summary>What Atlas says of the model of this id.</summary>
    public async Task<PublishedModel> FindAsync(string id, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_known.TryGetValue(id, out var known))
                return known;
            var found = await AskAsync(id, cancellation).ConfigureAwait(false);
            if (found is not PublishedModel.Unanswered)
                _known[id] = found;
            return found;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<PublishedModel> AskAsync(string id, CancellationToken cancellation)
    {
        if (_list is null)
        {
            var answer = await _atlas.ListModelsAsync(cancellation).ConfigureAwait(false);
            if (answer is not FreeAnswer<IReadOnlyList<ListedModel>>.Told { Value: var list })
                return NoAnswer(answer);
            _list = list;
        }

        return _list.FirstOrDefault(row => row.Id == id) is { } listed
            ? await DescribeAsync(listed, cancellation).ConfigureAwait(false)
            : new PublishedModel.NotListed(Meant(id, _list));
    }

    private async Task<PublishedModel> DescribeAsync(ListedModel row, CancellationToken cancellation)
    {
        if (row.Schema is not { } address)
            return new PublishedModel.Undescribed(row, "Atlas publishes no schema of it");
        var answer = await _atlas.SchemaAsync(address, cancellation).ConfigureAwait(false);
        return answer switch
        {
            FreeAnswer<string>.Told { Value: var document } => ModelSchema.Parse(document) is { } schema
                ? new PublishedModel.Described(row, schema)
                : new PublishedModel.Undescribed(row, "its schema is none that can be read"),
            FreeAnswer<string>.Refused refused =>
                new PublishedModel.Undescribed(row, $"its schema is not to be had: {refused.Failure.WithRequest()}"),
            _ => NoAnswer(answer),
        };
    }

    private static PublishedModel.Unanswered NoAnswer<T>(FreeAnswer<T> answer) => answer switch
    {
        FreeAnswer<T>.KeyRefused refused => new PublishedModel.Unanswered(refused.Failure, IsKeyRefused: true),
        FreeAnswer<T>.OutOfBalance refused => new PublishedModel.Unanswered(refused.Failure, IsKeyRefused: true),
        FreeAnswer<T>.Refused refused => new PublishedModel.Unanswered(refused.Failure, IsKeyRefused: false),
        FreeAnswer<T>.Unanswered silent => new PublishedModel.Unanswered(silent.Failure, IsKeyRefused: false),
        _ => throw new NotSupportedException($"No rule for {answer.GetType().Name}."),
    };

    // A slip, or the same model by another vendor's name or another version.
    private static string? Meant(string id, IReadOnlyList<ListedModel> list)
    {
        var ids = list.Select(row => row.Id).ToList();
        var tail = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return DidYouMean.Id(id, ids)
            ?? ids.FirstOrDefault(other => other.EndsWith("/" + tail, StringComparison.Ordinal))
            ?? ids.FirstOrDefault(other => id.StartsWith(other + "/", StringComparison.Ordinal))
            ?? ids.FirstOrDefault(other => other.StartsWith(id + "/", StringComparison.Ordinal));
    }
}
