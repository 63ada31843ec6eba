using System.Buffers;
using Polly;

namespace AtlasActors.Atlas;

/// <summary>Downloads over HTTP, to disk.</summary>
internal sealed class OutputDownloads : IOutputDownloads, IDisposable
{
    private const int BufferLength = 128 * 1024;

    private readonly OutputFetch _fetch;
    private readonly SemaphoreSlim _places;
    private readonly ResiliencePipeline _idle;
    private readonly TimeProvider _time;
    private readonly long _mostBytes;

    /// <param name="options">How long to wait.</param>
    /// <param name="time">The clock of all time-outs, but for that of connecting.</param>
    public OutputDownloads(OutputDownloadOptions options, TimeProvider time)
    {
        _fetch = new OutputFetch(options, time);
        _places = new SemaphoreSlim(options.MostAtOnce);
        _idle = AtlasResilience.Within(options.IdleTimeout, time);
        _time = time;
        _mostBytes = options.MostBytes;
    }

    /// <inheritdoc />
    public async Task<DownloadAnswer> DownloadAsync(DownloadOrder order, CancellationToken cancellation)
    {
        // Before anything is opened, and before any time-out begins.
        await _places.WaitAsync(cancellation);
        try
        {
            return await TakeAsync(order, cancellation);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public async Task<bool> IsThereAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !OutputFetch.IsWeb(address))
            return false;
        await _places.WaitAsync(cancellation);
        try
        {
            // GET, because an address that is signed is signed for that alone; its body is not read.
            using var response = await _fetch.OpenAsync(address, null, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return false;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _fetch.Dispose();

    private async Task<DownloadAnswer> TakeAsync(DownloadOrder order, CancellationToken cancellation)
    {
        try
        {
            using var part = new PartFile(order.PartFile);
            return DataAddress.Is(order.Url)
                ? await SaveDataAsync(order, part, cancellation)
                : await BringAsync(order, part, cancellation);
        }
        catch (IOException fault) when (DiskFaults.IsInUse(fault))
        {
            // Of a cancelled call that has not let go yet.
            return new DownloadAnswer.Interrupted(
                new AtlasFailure($"An earlier download to {order.PartFile} has not ended yet."), null);
        }
        // The network's faults are caught where they happen; what comes up to here is the disk's.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The journal needs the room more, for submissions under way: a download can begin anew.
            if (DiskFaults.IsFull(fault))
                PartFile.Remove(order.PartFile);
            return new DownloadAnswer.DiskRefused(DiskFaults.Failure(fault, order.PartFile));
        }
    }

    private static async Task<DownloadAnswer> SaveDataAsync(
        DownloadOrder order, PartFile part, CancellationToken cancellation)
    {
        if (DataAddress.Read(order.Url) is not { } data)
            return DownloadEnds.WrongKind(part, "a data: address that cannot be read");
        part.Begin(origin: null);
        await part.AppendAsync(data.Bytes, cancellation);
        return DownloadEnds.Finish(order, part, data.ContentType);
    }

    private async Task<DownloadAnswer> BringAsync(DownloadOrder order, PartFile part, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(order.Url, UriKind.Absolute, out var address) || !OutputFetch.IsWeb(address))
            return DownloadEnds.Gone(part, "The output's address is not one of the web.", null);
        if (part.Origin() is { } origin && origin.IsOf(order.Url))
        {
            await part.GoOnAsync(cancellation);
            // The process ended between the last byte and the renaming.
            if (part.Length == origin.Length)
                return DownloadEnds.Finish(order, part, origin.ContentType);
            if (await FetchAsync(order, address, part, new RestOf(part.Length, origin), cancellation) is { } continued)
                return continued;
        }
        return (await FetchAsync(order, address, part, null, cancellation))!;
    }

    /// <summary>
    /// One request and its body; null when the rest of the part is not to be had, so that one must begin anew.
    /// </summary>
    private async Task<DownloadAnswer?> FetchAsync(
        DownloadOrder order, Uri address, PartFile part, RestOf? rest, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await _fetch.OpenAsync(address, rest, cancellation);
        }
        catch (PrivateAddressException refused)
        {
            return DownloadEnds.Gone(part, refused.Message, null);
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return DownloadEnds.Interrupted(address, part, TransportFaults.Cause(fault));
        }
        using (response)
        {
            if ((int)response.StatusCode is not (200 or 206))
                return (int)response.StatusCode == 416 && rest is not null
                    ? null
                    : DownloadEnds.OfStatus(address, part, response, _time.GetUtcNow());
            if ((int)response.StatusCode == 206 && rest?.Origin.IsContinuedBy(response, rest.Start) != true)
                return rest is null ? DownloadEnds.Interrupted(address, part, "the server sent only a piece") : null;
            return await ReceiveAsync(order, address, part, response, rest, cancellation);
        }
    }

    private async Task<DownloadAnswer> ReceiveAsync(DownloadOrder order, Uri address, PartFile part,
        HttpResponseMessage response, RestOf? rest, CancellationToken cancellation)
    {
        var isRest = (int)response.StatusCode == 206;
        var origin = isRest ? rest!.Origin : PartOrigin.Of(order.Url, response);
        if (response.Content.Headers.ContentEncoding.Any(coding => coding != "identity"))
            return DownloadEnds.WrongKind(part, "a compressed answer that was not asked for");
        if (origin.Length > _mostBytes)
            return TooLong(part);
        if (!isRest)
            part.Begin(origin);
        if (await CopyAsync(response, part, cancellation) is { } cause)
            return DownloadEnds.Interrupted(address, part, cause);
        if (part.Length > _mostBytes)
            return TooLong(part);
        var whole = isRest ? response.Content.Headers.ContentRange!.Length ?? origin.Length : origin.Length;
        return whole is null || whole == part.Length
            ? DownloadEnds.Finish(order, part, origin.ContentType)
            : DownloadEnds.WrongLength(address, part, whole.Value);
    }

    private DownloadAnswer TooLong(PartFile part)
    {
        var most = _mostBytes >= 1L << 30 ? $"{_mostBytes >> 30} GB" : $"{_mostBytes >> 20} MB";
        return DownloadEnds.WrongKind(part, $"more than {most}, and no output is that long");
    }

    /// <summary>
    /// Null when all came, or more than is taken, else what broke it off. What fits into one buffer is written at one go; of what
    /// is larger nothing is held back.
    /// </summary>
    private async Task<string?> CopyAsync(HttpResponseMessage response, PartFile part, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var isSmall = response.Content.Headers.ContentLength <= buffer.Length;
            for (var filled = 0; ;)
            {
                var (count, cause) = await ReadAsync(stream, buffer.AsMemory(filled), cancellation);
                filled += count;
                if (isSmall && count > 0 && filled < buffer.Length)
                    continue;
                if (filled > 0)
                    await part.AppendAsync(buffer.AsMemory(0, filled), cancellation);
                if (count == 0)
                    return cause;
                if (part.Length > _mostBytes)
                    return null;
                filled = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(int Count, string? Cause)> ReadAsync(
        Stream stream, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var count = await _idle.ExecuteAsync(
                static (call, token) => call.stream.ReadAsync(call.buffer, token),
                (stream, buffer),
                cancellation);
            return (count, null);
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return (0, TransportFaults.Cause(fault));
        }
    }
}
