using System.Net.Http.Headers;

namespace AtlasActors.Atlas;

/// <summary>Uploads over HTTP, as a form with one file.</summary>
internal sealed class AtlasUploads(string root, FreeCalls calls) : IAtlasUploads
{
    private const string AnyType = "application/octet-stream";
    private const int LongestName = 100;

    /// <inheritdoc />
    public async Task<FreeAnswer<UploadedFile>> UploadAsync(
        Stream content, string name, string contentType, CancellationToken cancellation)
    {
        using var bytes = new UploadContent(content);
        bytes.Headers.ContentType = MediaTypeHeaderValue.TryParse(contentType, out var type)
            ? type
            : new MediaTypeHeaderValue(AnyType);
        bytes.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{Plain(name)}\"" };
        using var form = new MultipartFormDataContent { bytes };
        var answer = await calls.UploadAsync(
            new Uri($"{root}/model/uploadMedia"), form, UploadAnswerReader.Read, $"the file {name}", cancellation);
        return bytes.Fault is { } fault
            ? new FreeAnswer<UploadedFile>.Refused(
                new AtlasFailure($"Cannot read {name}: {fault.Message.TrimEnd('.')}."))
            : answer;
    }

    /// <summary>
    /// The name in letters that every server reads: how others are written in a form is not agreed on.
    /// </summary>
    private static string Plain(string name)
    {
        var plain = string.Concat(Path.GetFileName(name).Select(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
        plain = plain[^Math.Min(plain.Length, LongestName)..];
        return plain.Length == 0 ? "file" : plain;
    }
}
