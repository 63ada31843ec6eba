using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AtlasActors.Batches;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Tells whether two files ask for the same: a hash over each job's name, kind and body, in order. Patience, prices,
/// workers and the output folder may differ.
/// </summary>
public static class BatchFingerprint
{
    /// <summary>SHA-256, 64 lower-case hex digits.</summary>
    public static string Of(BatchDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var job in definition.Jobs)
        {
            Append(hash, job.Name);
            Append(hash, job.Kind.ToString());
            Append(hash, job.Body);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The length goes first, so that no two lists of texts run together into the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
