using System.Buffers;
using System.Security.Cryptography;

namespace AtlasActors.Atlas;

/// <summary>The file that a download grows in, hashed as it grows.</summary>
internal sealed class PartFile : IDisposable
{
    private const int BufferLength = 128 * 1024;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _head = new byte[MediaFormat.HeadLength];
    private int _headLength;
    private PartOrigin? _unsaid;

    /// <summary>Opens it, and makes it and its folder where they are missing.</summary>
    public PartFile(string path)
    {
        _path = path;
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        // No buffer of its own: what was received is in the system's hands when this process is killed.
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
    }

    /// <summary>The file beside it that says of which content it is.</summary>
    public static string OriginPathOf(string path) => path + ".origin";

    /// <summary>Removes a part that nobody has open, and what says of which content it is.</summary>
    public static void Remove(string path)
    {
        File.Delete(OriginPathOf(path));
        File.Delete(path);
    }

    /// <summary>How many bytes are there.</summary>
    public long Length => _file.Length;

    /// <summary>The first bytes of what was appended or gone on from.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>Of which content the part is, if that is known and the part can be one's beginning.</summary>
    public PartOrigin? Origin()
    {
        var path = OriginPathOf(_path);
        if (Length == 0 || !File.Exists(path) || PartOrigin.FromJson(File.ReadAllText(path)) is not { } origin)
            return null;
        return origin.CanGoOn && Length <= (origin.Length ?? long.MaxValue) ? origin : null;
    }

    /// <summary>Begins anew. In this order no crash leaves an origin beside a part of something else.</summary>
    public void Begin(PartOrigin? origin)
    {
        File.Delete(OriginPathOf(_path));
        if (Length > 0)
            _file.SetLength(0);
        _file.Position = 0;
        Forget();
        _unsaid = origin is { CanGoOn: true } ? origin : null;
    }

    /// <summary>Goes on from what is there, which is hashed again.</summary>
    public async Task GoOnAsync(CancellationToken cancellation)
    {
        Forget();
        _file.Position = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            int count;
            while ((count = await _file.ReadAsync(buffer, cancellation)) > 0)
                Note(buffer.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Adds bytes at the end. Of which content they are is said beside them as soon as there is a part of it: of what came at
    /// one go nobody has to know.
    /// </summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await _file.WriteAsync(bytes, cancellation);
        Note(bytes.Span);
        if (_unsaid is not { } origin || Length == origin.Length) return;
        await File.WriteAllTextAsync(OriginPathOf(_path), origin.ToJson(), cancellation);
        _unsaid = null;
    }

    /// <summary>Brings it to disk and into its place; gives its SHA-256.</summary>
    public string Finish(string target)
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_path, target, overwrite: true);
        if (_unsaid is null) File.Delete(OriginPathOf(_path));
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <summary>Removes it; nobody will go on from it.</summary>
    public void Discard()
    {
        _file.Dispose();
        Remove(_path);
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
    }

    private void Forget()
    {
        _hash.GetHashAndReset();
        _headLength = 0;
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        var taken = Math.Min(bytes.Length, _head.Length - _headLength);
        bytes[..taken].CopyTo(_head.AsSpan(_headLength));
        _headLength += taken;
    }
}
