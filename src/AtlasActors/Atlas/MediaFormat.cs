using AtlasActors.Jobs;

namespace AtlasActors.Atlas;

/// <summary>Which extension a file deserves.</summary>
internal static class MediaFormat
{
    /// <summary>How many bytes from the start of a file the rules look at.</summary>
    public const int HeadLength = 512;

    private static readonly Dictionary<string, string> ByContentType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/png"] = ".png", ["image/jpeg"] = ".jpg", ["image/jpg"] = ".jpg", ["image/gif"] = ".gif",
        ["image/webp"] = ".webp", ["image/bmp"] = ".bmp", ["image/avif"] = ".avif", ["image/svg+xml"] = ".svg",
        ["image/tiff"] = ".tiff",
        ["video/mp4"] = ".mp4", ["video/quicktime"] = ".mov", ["video/webm"] = ".webm",
        ["video/x-matroska"] = ".mkv",
        ["audio/mpeg"] = ".mp3", ["audio/mp3"] = ".mp3", ["audio/wav"] = ".wav", ["audio/x-wav"] = ".wav",
        ["audio/wave"] = ".wav", ["audio/ogg"] = ".ogg", ["application/ogg"] = ".ogg", ["audio/flac"] = ".flac",
        ["audio/x-flac"] = ".flac", ["audio/mp4"] = ".m4a", ["audio/x-m4a"] = ".m4a", ["audio/m4a"] = ".m4a",
        ["audio/aac"] = ".aac", ["audio/webm"] = ".webm",
        ["model/gltf-binary"] = ".glb", ["model/gltf+json"] = ".gltf", ["model/obj"] = ".obj", ["model/mtl"] = ".mtl",
        ["model/stl"] = ".stl", ["application/sla"] = ".stl", ["model/vnd.usdz+zip"] = ".usdz", ["model/3mf"] = ".3mf",
        ["application/pdf"] = ".pdf", ["application/zip"] = ".zip", ["text/vtt"] = ".vtt",
        ["application/x-subrip"] = ".srt",
    };

    // What servers call whatever they do not know: an address that says more is believed more.
    private static readonly Dictionary<string, string> ByVagueContentType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text/plain"] = ".txt", ["application/json"] = ".json",
    };

    private static readonly HashSet<string> Texts = [".txt", ".json", ".srt", ".vtt", ".gltf", ".obj", ".mtl"];

    private static readonly HashSet<string> Known =
        [.. ByContentType.Values, .. Texts, ".jpeg", ".tif", ".fbx", ".ply"];

    private static readonly HashSet<string> Stills = [".png", ".jpg", ".bmp", ".tiff", ".svg"];

    /// <summary>By what was received; then by what it was called; then by what was expected.</summary>
    public static string Extension(ReadOnlySpan<byte> head, string? contentType, string url, MediaKind kind)
    {
        // A text of Atlas's own answer may begin with whatever letters it likes.
        if (IsOwnText(url, contentType))
            return ByVagueContentType[contentType!];
        return Narrowed(MediaMagic.Of(head), url)
            ?? ByContentType.GetValueOrDefault(contentType ?? "")
            ?? ByAddress(url)
            ?? ByVagueContentType.GetValueOrDefault(contentType ?? "")
            ?? Expected(kind);
    }

    /// <summary>
    /// Whether this may be a text or a document, and is no error in the place of media because it is one.
    /// </summary>
    public static bool MayBeText(string url, string? contentType) =>
        IsOwnText(url, contentType) || contentType == "model/gltf+json"
        || (ByAddress(url) is { } named && Texts.Contains(named));

    /// <summary>What came, in words, where it can never be a video; else null.</summary>
    public static string? InsteadOfVideo(ReadOnlySpan<byte> head, string? contentType, string url) =>
        IsOwnText(url, contentType) ? "a text"
        : MediaMagic.Of(head) is { } known && Stills.Contains(known) ? "a picture"
        : null;

    private static bool IsOwnText(string url, string? contentType) =>
        DataAddress.Is(url) && contentType is not null && ByVagueContentType.ContainsKey(contentType);

    // Some formats are archives by another name, which only their address tells.
    private static string? Narrowed(string? received, string url) =>
        received == ".zip" && ByAddress(url) is ".usdz" or ".3mf" ? ByAddress(url) : received;

    private static string Expected(MediaKind kind) => kind switch
    {
        MediaKind.Video => ".mp4",
        MediaKind.Audio => ".mp3",
        MediaKind.ThreeD => ".glb",
        _ => ".png",
    };

    private static string? ByAddress(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme == "data")
            return null;
        var extension = Path.GetExtension(address.AbsolutePath).ToLowerInvariant();
        return !Known.Contains(extension) ? null : extension switch
        {
            ".jpeg" => ".jpg",
            ".tif" => ".tiff",
            _ => extension,
        };
    }
}
