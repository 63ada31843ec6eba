using System.Numerics;
using System.Security.Cryptography;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>Signs by Ed25519, RFC 8032 5.1.6, which .NET 10 does not have.</summary>
internal sealed class Ed25519Signer
{
    private static readonly BigInteger Order = BigInteger.Pow(2, 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    /// <param name="seed">Thirty-two bytes, the private key.</param>
    public Ed25519Signer(ReadOnlySpan<byte> seed)
    {
        var hash = SHA512.HashData(seed);
        hash[0] &= 0xF8;
        hash[31] &= 0x7F;
        hash[31] |= 0x40;
        _scalar = Number(hash.AsSpan(0, 32));
        _prefix = hash[32..];
        PublicKey = EdwardsPoint.OfBase(_scalar).Encode();
    }

    /// <summary>Thirty-two bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>Sixty-four bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var nonce = Hash(_prefix, [], message);
        var commitment = EdwardsPoint.OfBase(nonce).Encode();
        var challenge = Hash(commitment, PublicKey, message);
        var answer = (nonce + (challenge * _scalar)) % Order;
        var signature = new byte[64];
        commitment.CopyTo(signature, 0);
        answer.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        return signature;
    }

    private static BigInteger Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.AppendData(third);
        return Number(hash.GetHashAndReset()) % Order;
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);
}
