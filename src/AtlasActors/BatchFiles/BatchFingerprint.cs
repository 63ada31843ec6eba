using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Tells whether two files ask for the same: a hash over each job's name, kind and what it says to its model, in order.
/// Patience, prices, workers and the output folder may differ, and so may what our catalog makes of the fields: a batch
/// that was begun with an earlier release is still the file's.
/// </summary>
public static class BatchFingerprint
{
    /// <summary>SHA-256, 64 lower-case hex digits.</summary>
    public static string Of(BatchDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Fingerprint is { } read)
            return read;
        using var building = new Building();
        foreach (var job in definition.Jobs)
            building.Add(job.Name, job.Kind, job.Body);
        return building.End();
    }

    /// <summary>The hash while jobs are being read.</summary>
    internal sealed class Building : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        /// <summary>Adds a job. <paramref name="asked"/> is the body that an unknown model would be sent.</summary>
        public void Add(string name, MediaKind kind, string asked)
        {
            Append(name);
            Append(kind.ToString());
            Append(asked);
        }

        public string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public void Dispose() => _hash.Dispose();

        // The length goes first, so that no two lists of texts run together into the same bytes.
        private void Append(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            _hash.AppendData(length);
            _hash.AppendData(bytes);
        }
    }
}
