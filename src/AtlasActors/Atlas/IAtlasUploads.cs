namespace AtlasActors.Atlas;

/// <summary>Brings files to Atlas, so that jobs can name them. Expected failures are answers, never exceptions.</summary>
public interface IAtlasUploads
{
    /// <summary>
    /// Uploads what <paramref name="content"/> holds from where it stands; reads it once, and leaves it open. Costs
    /// nothing. Atlas keeps the file for a while only.
    /// </summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="name">Its name, with the extension; Atlas stores it under another.</param>
    /// <param name="contentType">Its media type, such as <c>image/png</c>.</param>
    /// <param name="cancellation">Ends it; what has arrived by then is forgotten.</param>
    Task<FreeAnswer<UploadedFile>> UploadAsync(
        Stream content, string name, string contentType, CancellationToken cancellation);
}

/// <summary>A file that Atlas has.</summary>
/// <param name="Url">Where it lies, for a job's <c>image</c> and its kin; on a host of Atlas's storage.</param>
/// <param name="Name">What Atlas calls it.</param>
/// <param name="ContentType">What Atlas takes it for.</param>
/// <param name="Bytes">How long Atlas found it to be.</param>
public sealed record UploadedFile(string Url, string? Name = null, string? ContentType = null, long? Bytes = null);
