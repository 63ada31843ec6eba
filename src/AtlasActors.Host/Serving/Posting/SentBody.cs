using System.Security.Cryptography;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>All that a request brought with it.</summary>
internal abstract class SentBody : IDisposable
{
    /// <summary>Appends what it says to a hash, however it was wrapped.</summary>
    public abstract void AppendTo(IncrementalHash hash);

    /// <summary>Lets go of what lies on disk.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A document, or nothing.</summary>
internal sealed class SentDocument(byte[] bytes) : SentBody
{
    public byte[] Bytes => bytes;

    public override void AppendTo(IncrementalHash hash) => hash.AppendData(bytes);
}

/// <summary>A batch file, and the files that it names.</summary>
/// <param name="file">The batch file.</param>
/// <param name="ending">What kind it is, as far as its type or its name says: <c>.json</c>, <c>.yaml</c> or
/// nothing.</param>
internal sealed class SentBatch(byte[] file, string ending) : SentBody
{
    public byte[] File => file;

    public string Ending => ending;

    /// <summary>The names of the files that were sent along, with the hashes of their contents.</summary>
    public IReadOnlyDictionary<string, string> Along { get; init; } = new Dictionary<string, string>();

    /// <summary>Where they lie; null where there are none.</summary>
    public string? Folder { get; init; }

    public override void AppendTo(IncrementalHash hash)
    {
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(ending));
        hash.AppendData(SHA256.HashData(file));
        // The order of the parts, and what stands between them, mean nothing.
        foreach (var (name, sha256) in Along.OrderBy(sent => sent.Key, StringComparer.Ordinal))
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"\n{name}\n{sha256}"));
    }

    public override void Dispose()
    {
        if (Folder is not null && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        base.Dispose();
    }
}
