using AtlasActors.Inputs;

namespace AtlasActors.Atlas;

/// <summary>
/// An account at Atlas Cloud, for what costs nothing and needs no actor system: uploads, prices, models, the balance and
/// what was charged.
/// </summary>
public sealed class AtlasAccount : IDisposable
{
    private readonly AtlasApi _api;

    /// <param name="baseUrl">The API's address, such as <c>https://api.atlascloud.ai/api/v1</c>.</param>
    /// <param name="apiKey">The key, sent to that address's host alone.</param>
    /// <param name="allowPrivateAddresses">
    /// Whether models' schemas may be fetched from private, loopback and link-local addresses; from the API's own host they
    /// always may.
    /// </param>
    /// <exception cref="ArgumentException">The key is empty or holds a character that no key has.</exception>
    public AtlasAccount(Uri baseUrl, string apiKey, bool allowPrivateAddresses = false) : this(new AtlasApiOptions
    {
        BaseUrl = baseUrl ?? throw new ArgumentNullException(nameof(baseUrl)),
        ApiKey = apiKey ?? throw new ArgumentNullException(nameof(apiKey)),
        AllowPrivateAddresses = allowPrivateAddresses,
    })
    {
    }

#pragma warning disable RS0030 // Jitter alone, which no test looks at through this door.
    private AtlasAccount(AtlasApiOptions options) =>
        _api = new AtlasApi(options, TimeProvider.System, Random.Shared.NextDouble);
#pragma warning restore RS0030

    /// <summary>
    /// Nobody's account: it can ask for models and their schemas, which Atlas tells without a key, and is refused everything
    /// else.
    /// </summary>
    /// <param name="baseUrl">The API's address.</param>
    /// <param name="allowPrivateAddresses">As with a key.</param>
    public static AtlasAccount WithoutKey(Uri baseUrl, bool allowPrivateAddresses = false) => new(new AtlasApiOptions
    {
        BaseUrl = baseUrl ?? throw new ArgumentNullException(nameof(baseUrl)), ApiKey = "", IsWithoutKey = true,
        AllowPrivateAddresses = allowPrivateAddresses,
    });

    /// <summary>Brings files to Atlas, so that jobs can name them.</summary>
    public IAtlasUploads Uploads => _api.Uploads;

    /// <summary>Asks for prices, models and money.</summary>
    public IAtlasInquiries Inquiries => _api.Inquiries;

    /// <summary>
    /// Uploads an image, a video or a sound, of 200 MB at most; what the file is, its first bytes tell. What cannot be uploaded
    /// is refused before anything is sent.
    /// </summary>
    public async Task<FreeAnswer<UploadedFile>> UploadFileAsync(string path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (file, fault) = InputFile.Look(Path.GetFullPath(path), InputUse.Any);
        if (file is null)
            return new FreeAnswer<UploadedFile>.Refused(new AtlasFailure($"{path} {fault}."));
        var content = File.OpenRead(file.Path);
        await using (content.ConfigureAwait(false))
            return await Uploads.UploadAsync(content, Path.GetFileName(file.Path), file.ContentType, cancellation)
                .ConfigureAwait(false);
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _api.Dispose();
}
