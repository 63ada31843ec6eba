using System.Numerics;
using System.Security.Cryptography;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>
/// A public key of Ed25519, and whether a signature is its own: RFC 8032, 5.1.7, strictly. It signs nothing, and knows no
/// secret. <c>docs/decisions/0008</c> says why it is here.
/// </summary>
internal sealed class Ed25519Key
{
    /// <summary>How many bytes a signature has: a point, and a number.</summary>
    public const int SignatureLength = 64;

    private readonly byte[] _bytes;
    private readonly Ed25519Point _negated;

    private Ed25519Key(byte[] bytes, Ed25519Point point) => (_bytes, _negated) = (bytes, point.Negated());

    /// <summary>Reads a key; null where the bytes are none, or one under which a signature proves nothing.</summary>
    public static Ed25519Key? Read(ReadOnlySpan<byte> bytes) =>
        Ed25519Point.Decode(bytes) is { IsOfSmallOrder: false } point ? new Ed25519Key(bytes.ToArray(), point) : null;

    /// <summary>Whether this is the key's signature of a message, which is given in two parts.</summary>
    public bool Signed(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength) return false;
        var point = signature[..Ed25519Point.Length];
        var number = new BigInteger(signature[Ed25519Point.Length..], isUnsigned: true);
        // A larger one is another signature of the same message, made by somebody without the key.
        if (number >= Ed25519Point.Order) return false;
        var digest = Digest(point, head, rest);
        Span<byte> expected = stackalloc byte[Ed25519Point.Length];
        Ed25519Point.Sum(number, Ed25519Point.Base, digest, _negated).Encode(expected);
        // Bytes, not points: a second way to write the same point is no signature.
        return expected.SequenceEqual(point);
    }

    private BigInteger Digest(ReadOnlySpan<byte> point, ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(point);
        hash.AppendData(_bytes);
        hash.AppendData(head);
        hash.AppendData(rest);
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new BigInteger(digest, isUnsigned: true) % Ed25519Point.Order;
    }
}
