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
        ["video/mp4"] = ".mp4", ["video/quicktime"] = ".mov", ["video/webm"] = ".webm",
        ["audio/mpeg"] = ".mp3", ["audio/mp3"] = ".mp3", ["audio/wav"] = ".wav", ["audio/x-wav"] = ".wav",
        ["audio/wave"] = ".wav", ["audio/ogg"] = ".ogg", ["application/ogg"] = ".ogg",
        ["model/gltf-binary"] = ".glb", ["application/pdf"] = ".pdf", ["application/zip"] = ".zip",
    };

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> Mp3Frame => [0xFF, 0xFB];
    private static ReadOnlySpan<byte> Mp3LowRateFrame => [0xFF, 0xF3];
    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    private static readonly HashSet<string> Known = [.. ByContentType.Values, ".jpeg"];

    /// <summary>By what was received; then by what it was called; then by what was expected.</summary>
    public static string Extension(ReadOnlySpan<byte> head, string? contentType, string url, MediaKind kind) =>
        ByMagic(head)
        ?? ByContentType.GetValueOrDefault(contentType ?? "")
        ?? ByAddress(url)
        ?? (kind == MediaKind.Video ? ".mp4" : ".png");

    /// <summary>By the first bytes; null when no rule knows them.</summary>
    public static string? ByMagic(ReadOnlySpan<byte> head) =>
        ByFixedMagic(head) ?? ByContainer(head) ?? (IsSvg(head) ? ".svg" : null);

    private static string? ByFixedMagic(ReadOnlySpan<byte> head) =>
        head.StartsWith(Png) ? ".png"
        : head.StartsWith(Jpeg) ? ".jpg"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? ".gif"
        : head.StartsWith("BM"u8) && head.Length >= 10 && head[6..10].SequenceEqual(new byte[4]) ? ".bmp"
        : head.StartsWith("OggS"u8) ? ".ogg"
        : head.StartsWith("ID3"u8) || head.StartsWith(Mp3Frame) || head.StartsWith(Mp3LowRateFrame) ? ".mp3"
        : head.StartsWith("glTF"u8) ? ".glb"
        : head.StartsWith("%PDF-"u8) ? ".pdf"
        : head.StartsWith("PK\x03\x04"u8) ? ".zip"
        : null;

    private static string? ByContainer(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Ebml))
            return head.IndexOf("webm"u8) >= 0 ? ".webm" : null;
        if (head.Length < 12)
            return null;
        var brand = head[8..12];
        if (head.StartsWith("RIFF"u8))
            return brand.SequenceEqual("WEBP"u8) ? ".webp" : brand.SequenceEqual("WAVE"u8) ? ".wav" : null;
        if (!head[4..8].SequenceEqual("ftyp"u8))
            return null;
        return brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? ".avif"
            : brand.SequenceEqual("qt  "u8) ? ".mov"
            : ".mp4";
    }

    private static bool IsSvg(ReadOnlySpan<byte> head)
    {
        var text = Markup.Start(head);
        return text.StartsWith("<svg"u8) || (text.StartsWith("<?xml"u8) && text.IndexOf("<svg"u8) >= 0);
    }

    private static string? ByAddress(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme == "data")
            return null;
        var extension = Path.GetExtension(address.AbsolutePath).ToLowerInvariant();
        return !Known.Contains(extension) ? null : extension == ".jpeg" ? ".jpg" : extension;
    }
}
