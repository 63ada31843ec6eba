using AtlasActors.Atlas;
using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.Host.Rendering;

/// <summary>How Atlas's list and the catalog agree on a model.</summary>
internal enum Listing
{
    /// <summary>Atlas lists it, and the catalog knows what it takes.</summary>
    Known,

    /// <summary>Atlas lists it, and the catalog does not know it.</summary>
    New,

    /// <summary>The catalog knows it, and Atlas lists it no more.</summary>
    Gone,
}

/// <summary>A model of Atlas's list, of the catalog, or of both.</summary>
internal sealed record LiveModelRow(string Id, MediaKind Kind, Listing Listing, ListedModel? Listed, ModelEntry? Entry)
{
    /// <summary>
    /// All that make media, by kind and id. What is known to be listed no more is not called gone: that is no news.
    /// </summary>
    public static IReadOnlyList<LiveModelRow> Of(ModelCatalog catalog, IReadOnlyList<ListedModel> list)
    {
        var listed = list.Where(row => row.Kind is not null).Select(row =>
        {
            var entry = catalog.Entries.FirstOrDefault(entry => entry.Id == row.Id);
            return new LiveModelRow(row.Id, row.Kind!.Value, entry is null ? Listing.New : Listing.Known, row, entry);
        });
        var ids = list.Select(row => row.Id).ToHashSet();
        var gone = catalog.Entries.Where(entry => !ids.Contains(entry.Id) && entry.Deprecated is null)
            .Select(entry => new LiveModelRow(entry.Id, entry.Kind, Listing.Gone, null, entry));
        return [.. listed.Concat(gone).OrderBy(row => row.Kind).ThenBy(row => row.Id, StringComparer.Ordinal)];
    }
}
