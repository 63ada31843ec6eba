using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Takes files for use as inputs and serves them back, the latest few, from memory.</summary>
internal sealed class UploadEndpoint(SimulatorOptions options, IAnswerForm form, SeenTraffic seen)
{
    private const int Capacity = 32;

    private readonly ConcurrentDictionary<string, (byte[] Content, string ContentType)> _files = new();
    private readonly ConcurrentQueue<string> _order = new();

    public async Task UploadAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "request body too large");
            return;
        }

        context.Request.Body = body;
        if (await ReadFileAsync(context) is not { } file)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status400BadRequest, "file is required");
            return;
        }

        var contentType = file.ContentType ?? "application/octet-stream";
        var name = Guid.NewGuid().ToString("N") + Path.GetExtension(file.FileName);
        var content = await ContentAsync(file, context.RequestAborted);
        Keep(name, content, contentType);
        var path = $"/media/{name}";
        seen.Add(new SeenUpload(
            file.FileName, contentType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), path,
            Doorkeeper.AccountOf(context), options.Clock.GetUtcNow()));
        var url = Answers.Origin(context.Request) + path + SignedLinks.Query(options);
        await Answers.WriteAsync(context, form.Uploaded(url, file.FileName, contentType, file.Length));
    }

    public Task ServeAsync(HttpContext context) =>
        SignedLinks.IsSigned(options, context.Request) && _files.TryGetValue((string)context.Request.RouteValues["name"]!, out var file)
            ? Results.Bytes(file.Content, file.ContentType).ExecuteAsync(context)
            : Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "no such file");

    private static async Task<IFormFile?> ReadFileAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return null;
        try
        {
            return (await context.Request.ReadFormAsync(context.RequestAborted)).Files.GetFile("file");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ContentAsync(IFormFile file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    private void Keep(string name, byte[] content, string contentType)
    {
        _files[name] = (content, contentType);
        _order.Enqueue(name);
        if (_order.Count > Capacity && _order.TryDequeue(out var oldest)) _files.TryRemove(oldest, out _);
    }
}
