using System.Text;

namespace AtlasActors.BatchFiles;

/// <summary>Brings a file from disk as text: UTF-8, with or without a mark, or UTF-16.</summary>
internal static class FileText
{
    /// <summary>More than this is no batch file: 100,000 jobs with long prompts take about half.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The text, or why there is none. <paramref name="wanted"/> is said of what is no file at all.</summary>
    public static (string? Text, FileFault? Fault) Read(string path, string wanted = "a batch file")
    {
        if (path.Length == 0)
            return (null, Whole("no file is named"));
        try
        {
            if (Directory.Exists(path))
                return (null, Whole($"is a folder, not {wanted}"));
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                bytes.Write(chunk, 0, read);
                if (bytes.Length > MaxBytes)
                    return (null, Whole($"is larger than {MaxBytes >> 20} MB", "split it into several batches"));
            }

            return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        catch (Exception e) when (Explain(e) is { } why)
        {
            return (null, Whole(why.Message, why.Hint));
        }
    }

    /// <summary>Why a file cannot be read, in words; null where that is not what went wrong.</summary>
    public static (string Message, string? Hint)? Explain(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => ("there is no such file", null),
        UnauthorizedAccessException => ("may not be read", "its permissions forbid it"),
        IOException or ArgumentException or NotSupportedException => ($"cannot be read: {e.Message}", null),
        _ => null,
    };

    /// <summary>The text in these bytes, without its byte order mark, or where it is none.</summary>
    public static (string? Text, FileFault? Fault) Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => DecodeUtf8(bytes[3..]),
        [0xFF, 0xFE, ..] => (Encoding.Unicode.GetString(bytes[2..]), null),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode.GetString(bytes[2..]), null),
        // Without a mark: every second byte of an ASCII character in UTF-16 is zero.
        [not 0, 0, not 0, ..] => (Encoding.Unicode.GetString(bytes), null),
        [0, not 0, 0, ..] => (Encoding.BigEndianUnicode.GetString(bytes), null),
        _ => DecodeUtf8(bytes),
    };

    private static (string? Text, FileFault? Fault) DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            var good = ValidLength(bytes);
            var line = bytes[..good].Count((byte)'\n') + 1;
            var start = bytes[..good].LastIndexOf((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(bytes[start..good]) + 1;
            return (null, new FileFault(
                line, column, "", $"the byte 0x{bytes[good]:X2} here is not UTF-8", "save the file as UTF-8"));
        }
    }

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            length += consumed;
        return length;
    }

    private static FileFault Whole(string message, string? hint = null) => new(0, 0, "", message, hint);
}
