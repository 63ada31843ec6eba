using System.Text.Json;

namespace AtlasActors.Atlas;

/// <summary>Finds an uploaded file's address under every name that it has been seen under.</summary>
internal static class UploadAnswerReader
{
    /// <summary>The file; null where the answer names no address of the web.</summary>
    public static UploadedFile? Read(AnswerBody body)
    {
        var root = body.Root;
        var data = root.At("data");
        var file = data.Object() ?? root;
        var url = First(
            file.At("download_url"), file.At("url"), file.At("file_url"), data,
            root.At("download_url"), root.At("url"), root.At("file_url"));
        if (url is null)
            return null;
        return new UploadedFile(
            url,
            file.At("filename").String() ?? file.At("file_name").String(),
            file.At("type").String() ?? file.At("content_type").String(),
            file.At("size").Amount() is { } size and <= long.MaxValue ? (long)size : null);
    }

    private static string? First(params ReadOnlySpan<JsonElement?> candidates)
    {
        foreach (var candidate in candidates)
            if (candidate.String()?.Trim() is { } url
                && Uri.TryCreate(url, UriKind.Absolute, out var address)
                && OutputFetch.IsWeb(address))
                return url;
        return null;
    }
}
