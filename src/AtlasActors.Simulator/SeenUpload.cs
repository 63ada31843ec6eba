namespace AtlasActors.Simulator;

/// <summary>
/// A file that was uploaded: what the sender called it, its length in bytes, the SHA-256 of its content in lower-case
/// hexadecimal, the path where it lies, and the fingerprint of the key that it came with.
/// </summary>
public sealed record SeenUpload(
    string FileName, string ContentType, long Size, string Sha256, string Path, string Account, DateTimeOffset At);
