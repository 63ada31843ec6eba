using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>The secret that a caller shows.</summary>
internal static class CallerKey
{
    /// <summary>By this a key is known for what it is, wherever it turns up: in a log, in a repository.</summary>
    public const string Prefix = "aak_";

    private const int Bytes = 32;

    /// <summary>A new key: 256 bits of chance.</summary>
    public static string Draw() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>
    /// What is kept of a key. One round of SHA-256 is enough, and neither salt nor a slow hash would add anything:
    /// those are for passwords, which people choose and which can be guessed. Of 256 bits of chance nobody tries a
    /// share that counts, and no two are the same. And a slow hash would let anybody keep this machine busy with wrong
    /// keys.
    /// </summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

/// <summary>A key as it is kept: everything but the key.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Role">What it allows.</param>
/// <param name="CreatedAt">When it was drawn.</param>
/// <param name="Sha256">The key's hash, 64 lower-case hex digits.</param>
internal sealed record KeptKey(string Name, Role Role, DateTimeOffset CreatedAt, string Sha256)
{
    private const int LongestName = 64;

    /// <summary>Names stand in logs and lists: letters, digits, '-', '_' and '.'.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= LongestName
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
