using System.Buffers.Binary;

namespace AtlasActors.Atlas;

/// <summary>Tells the format of a file by its first bytes.</summary>
internal static class MediaMagic
{
    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> Ebml => [0x1A, 0x45, 0xDF, 0xA3];

    /// <summary>The extension; null when no rule knows the bytes.</summary>
    public static string? Of(ReadOnlySpan<byte> head) =>
        OfPicture(head) ?? OfSound(head) ?? OfModel(head) ?? OfContainer(head)
        ?? (head.StartsWith("%PDF-"u8) ? ".pdf" : IsSvg(head) ? ".svg" : null);

    private static string? OfPicture(ReadOnlySpan<byte> head) =>
        head.StartsWith(Png) ? ".png"
        : head.StartsWith(Jpeg) ? ".jpg"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? ".gif"
        : head.StartsWith("BM"u8) && head.Length >= 10 && head[6..10].SequenceEqual(new byte[4]) ? ".bmp"
        : head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) ? ".tiff"
        : null;

    private static string? OfSound(ReadOnlySpan<byte> head) =>
        head.StartsWith("OggS"u8) ? ".ogg"
        : head.StartsWith("fLaC"u8) ? ".flac"
        : head.StartsWith("ID3"u8) ? ".mp3"
        : head is [0xFF, 0xFB or 0xFA or 0xF3 or 0xF2, ..] ? ".mp3"
        : head is [0xFF, 0xF1 or 0xF9, ..] ? ".aac"
        : null;

    private static string? OfModel(ReadOnlySpan<byte> head) =>
        head.StartsWith("glTF"u8) ? ".glb"
        : head.StartsWith("Kaydara FBX Binary"u8) ? ".fbx"
        : head.StartsWith("ply\n"u8) || head.StartsWith("ply\r\n"u8) ? ".ply"
        : head.StartsWith("solid "u8) && head.IndexOf("facet normal"u8) > 0 ? ".stl"
        : head.StartsWith("PK\x03\x04"u8) ? OfArchive(head)
        : IsObj(head) ? ".obj"
        : null;

    // USDZ is an archive whose first entry is the scene.
    private static string OfArchive(ReadOnlySpan<byte> head)
    {
        if (head.Length < 30)
            return ".zip";
        var length = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
        var name = head[30..Math.Min(head.Length, 30 + length)];
        return name.EndsWith(".usdc"u8) || name.EndsWith(".usda"u8) || name.EndsWith(".usd"u8) ? ".usdz" : ".zip";
    }

    // Lines of remarks and names before the first vertex are usual.
    private static bool IsObj(ReadOnlySpan<byte> head) =>
        (head.StartsWith("#"u8) || head.StartsWith("mtllib "u8) || head.StartsWith("o "u8) || head.StartsWith("v "u8))
        && (head.IndexOf("\nv "u8) > 0 || head.IndexOf("\nmtllib "u8) > 0);

    private static string? OfContainer(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Ebml))
            return head.IndexOf("webm"u8) >= 0 ? ".webm" : head.IndexOf("matroska"u8) >= 0 ? ".mkv" : null;
        if (head.Length < 12)
            return null;
        var brand = head[8..12];
        if (head.StartsWith("RIFF"u8))
            return brand.SequenceEqual("WEBP"u8) ? ".webp" : brand.SequenceEqual("WAVE"u8) ? ".wav" : null;
        if (!head[4..8].SequenceEqual("ftyp"u8))
            return null;
        return brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) ? ".avif"
            : brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8) ? ".m4a"
            : brand.SequenceEqual("qt  "u8) ? ".mov"
            : ".mp4";
    }

    private static bool IsSvg(ReadOnlySpan<byte> head)
    {
        var text = Markup.Start(head);
        return text.StartsWith("<svg"u8) || (text.StartsWith("<?xml"u8) && text.IndexOf("<svg"u8) >= 0);
    }
}
