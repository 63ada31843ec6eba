using System.Security.Cryptography;
using AtlasActors.Atlas;

namespace AtlasActors.Inputs;

/// <summary>What a local file is good for as an input.</summary>
internal enum InputUse
{
    /// <summary>Anything that Atlas takes: an image, a video or a sound.</summary>
    Any,

    Image,
    Sound,
}

/// <summary>A local file that was looked at, and may be uploaded.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="ContentType">What its first bytes say that it is.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Changed">When it was last written.</param>
internal sealed record InputFile(string Path, string ContentType, long Bytes, DateTime Changed)
{
    /// <summary>
    /// Longer files are refused: Atlas publishes no limit of its own, its clients stop at 200 MB, and models at 10 to 50.
    /// </summary>
    public const long MostBytes = 200 * 1024 * 1024;

    private static readonly Dictionary<string, string> Types = new()
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".webp"] = "image/webp", [".gif"] = "image/gif",
        [".bmp"] = "image/bmp", [".avif"] = "image/avif", [".tiff"] = "image/tiff",
        [".mp4"] = "video/mp4", [".mov"] = "video/quicktime", [".webm"] = "video/webm",
        [".mp3"] = "audio/mpeg", [".wav"] = "audio/wav", [".ogg"] = "audio/ogg", [".flac"] = "audio/flac",
        [".m4a"] = "audio/mp4",
    };

    /// <summary>What it is in a word, such as <c>jpg</c>.</summary>
    public string Type => Types.First(type => type.Value == ContentType).Key[1..];

    /// <summary>Looks at a file: the file, or a sentence on why it cannot be an input.</summary>
    public static (InputFile? File, string? Fault) Look(string path, InputUse use)
    {
        try
        {
            if (Directory.Exists(path))
                return (null, "is a folder, and an input is a file");
            using var file = File.OpenRead(path);
            if (!file.CanSeek)
                return (null, "is no ordinary file");
            if (file.Length == 0)
                return (null, "is empty");
            if (file.Length > MostBytes)
                return (null, $"has {file.Length >> 20} MB, and at most {MostBytes >> 20} MB can be uploaded");
            var head = new byte[MediaFormat.HeadLength];
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return TypeOf(head.AsSpan(0, read), use) is { } type
                ? (new InputFile(path, type, file.Length, File.GetLastWriteTimeUtc(path)), null)
                : (null, $"is no {Word(use)}: its first bytes are those of no {Known(use)} file");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "is not there");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, $"cannot be read: {fault.Message.TrimEnd('.')}");
        }
    }

    /// <summary>SHA-256 of its content, 64 lower-case hex digits.</summary>
    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        var file = File.OpenRead(Path);
        await using (file.ConfigureAwait(false))
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false));
    }

    private static string? TypeOf(ReadOnlySpan<byte> head, InputUse use)
    {
        var type = Types.GetValueOrDefault(MediaMagic.Of(head) ?? "");
        return use switch
        {
            InputUse.Image => type?.StartsWith("image/", StringComparison.Ordinal) == true ? type : null,
            InputUse.Sound => type?.StartsWith("audio/", StringComparison.Ordinal) == true ? type : null,
            _ => type,
        };
    }

    private static string Word(InputUse use) => use switch
    {
        InputUse.Image => "image",
        InputUse.Sound => "sound",
        _ => "image, video or sound",
    };

    private static string Known(InputUse use) => use switch
    {
        InputUse.Image => "PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF",
        InputUse.Sound => "MP3, WAV, OGG, FLAC or M4A",
        _ => "known image, video or sound",
    };
}
