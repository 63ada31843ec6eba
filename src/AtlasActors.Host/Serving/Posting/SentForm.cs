using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>
/// Reads <c>multipart/form-data</c>: the part <c>file</c> is the batch file, the others are the files that it names.
/// They are written to a folder of their own as they come.
/// </summary>
internal sealed class SentForm(HttpContext context, ServiceLimits limits, string folder)
{
    private const string BatchFile = "file";
    private const int LongestBoundary = 70, LongestName = 200;

    private readonly Dictionary<string, string> _along = new(StringComparer.OrdinalIgnoreCase);
    private (byte[] Bytes, string Ending)? _file;

    /// <summary>
    /// All of it; a <see cref="ProblemException"/> where it is not in order, and nothing is left on disk then.
    /// </summary>
    public async Task<SentBatch> ReadAsync(string? boundary)
    {
        if (string.IsNullOrEmpty(boundary) || boundary.Length > LongestBoundary)
            throw Bad("The form's boundary is missing in its Content-Type, or too long.");
        RequestText.Limit(context, limits.FormBytes);
        try
        {
            var parts = new MultipartReader(boundary, context.Request.Body);
            for (var i = 0; await NextAsync(parts).ConfigureAwait(false) is { } part; i++)
            {
                if (i == limits.FormParts)
                    throw TooLarge($"The form has more than {limits.FormParts} parts.");
                await ReadAsync(part).ConfigureAwait(false);
            }
            return _file is { } file
                ? new SentBatch(file.Bytes, file.Ending)
                {
                    Along = _along, Folder = _along.Count > 0 ? folder : null,
                }
                : throw Bad($"The form has no part called '{BatchFile}', which is the batch file.");
        }
        catch
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    private async Task ReadAsync(MultipartSection part)
    {
        if (part.GetContentDispositionHeader() is not { } header
            || !header.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            throw Bad("A part of the form has no 'Content-Disposition: form-data'.");
        var name = HeaderUtilities.RemoveQuotes(header.Name).ToString();
        var fileName = HeaderUtilities
            .RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).ToString();
        if (name != BatchFile)
            await KeepAsync(part.Body, NameOf(fileName, name)).ConfigureAwait(false);
        else if (_file is not null)
            throw Bad($"The form has two parts called '{BatchFile}': files that are sent along have other names.");
        else
            _file = (await BytesAsync(part.Body).ConfigureAwait(false), EndingOf(part.ContentType, fileName));
    }

    /// <summary>Writes a file that is sent along to its place.</summary>
    private async Task KeepAsync(Stream body, string name)
    {
        if (_along.ContainsKey(name))
            throw Bad($"The form has two files called '{name}'.");
        Directory.CreateDirectory(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            var length = 0L;
            var chunk = new byte[1 << 16];
            for (int read; (read = await ReadAsync(body, chunk).ConfigureAwait(false)) > 0;)
            {
                if ((length += read) > limits.SentFileBytes)
                    throw TooLarge($"'{name}' has more than {limits.SentFileBytes >> 20} MB.");
                hash.AppendData(chunk, 0, read);
                await file.WriteAsync(chunk.AsMemory(0, read), context.RequestAborted).ConfigureAwait(false);
            }
            // The batch is on record when it is answered for: so is what it is made from.
            file.Flush(flushToDisk: true);
        }
        _along[name] = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task<byte[]> BytesAsync(Stream body)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int read; (read = await ReadAsync(body, chunk).ConfigureAwait(false)) > 0;)
        {
            if (bytes.Length + read > limits.BatchFileBytes)
                throw TooLarge($"The batch file has more than {limits.BatchFileBytes >> 20} MB.");
            bytes.Write(chunk, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>
    /// The name by which the batch file names it. What a browser puts before it, folders of its own machine, is left
    /// out; what could lead elsewhere is refused.
    /// </summary>
    private static string NameOf(string fileName, string part)
    {
        if (fileName.Length == 0)
            throw Bad($"The part '{Shown(part)}' has no file name: a file that is sent along is found by it.");
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        return name is "" or "." or ".." || name.Length > LongestName || name.Contains(':') || name.Any(char.IsControl)
            || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars())
            ? throw Bad($"'{Shown(fileName)}' is no name for a file that is sent along.")
            : name;
    }

    private static string EndingOf(string? contentType, string fileName) =>
        Path.GetExtension(fileName).ToLowerInvariant() is (".json" or ".yaml" or ".yml") and var ending
            ? ending
            : BatchBody.EndingOf(contentType) ?? "";

    private Task<MultipartSection?> NextAsync(MultipartReader parts) =>
        GuardedAsync(() => parts.ReadNextSectionAsync(context.RequestAborted));

    private Task<int> ReadAsync(Stream body, byte[] chunk) =>
        GuardedAsync(() => body.ReadAsync(chunk, context.RequestAborted).AsTask());

    /// <summary>
    /// What the form's reader makes of a broken form is our caller's fault; what the disk makes of it is not.
    /// </summary>
    private static async Task<T> GuardedAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is InvalidDataException || fault.GetType() == typeof(IOException))
        {
            throw Bad("The form is not in order, or not all of it came.");
        }
    }

    private static string Shown(string name) => Rendering.Texts.OneLine(name, 100);

    private static ProblemException Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);

    private static ProblemException TooLarge(string sentence) => new(StatusCodes.Status413PayloadTooLarge, sentence);
}
