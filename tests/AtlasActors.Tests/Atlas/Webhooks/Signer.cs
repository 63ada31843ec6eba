using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using AtlasActors.Atlas.Webhooks;

namespace AtlasActors.Tests.Atlas.Webhooks;

/// <summary>Signs as Atlas does, by RFC 8032, 5.1.5 and 5.1.6. For tests: it takes no care to keep its secret.</summary>
internal sealed class Signer
{
    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    public Signer(byte[] secret, string keyId = "k1")
    {
        var hash = SHA512.HashData(secret);
        hash[0] &= 0xf8;
        hash[31] = (byte)(hash[31] & 0x7f | 0x40);
        _scalar = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        _prefix = hash[32..];
        PublicKey = Times(_scalar);
        KeyId = keyId;
    }

    /// <summary>Somebody's key, the same in every run.</summary>
    public static Signer Of(string keyId) => new(SHA256.HashData(Encoding.UTF8.GetBytes(keyId)), keyId);

    public string KeyId { get; }

    public byte[] PublicKey { get; }

    public Ed25519Key Key => Ed25519Key.Read(PublicKey)!;

    /// <summary>The key as a JWKS lists it.</summary>
    public string Jwk => $$"""{"kty":"OKP","crv":"Ed25519","kid":"{{KeyId}}","x":"{{Text(PublicKey)}}"}""";

    public byte[] Sign(byte[] message)
    {
        var r = Number([.. _prefix, .. message]);
        var point = Times(r);
        var k = Number([.. point, .. PublicKey, .. message]);
        return [.. point, .. Bytes((r + k * _scalar) % Ed25519Point.Order)];
    }

    /// <summary>A request as Atlas sends it.</summary>
    public SignedWebhook Webhook(DateTimeOffset at, byte[] body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new SignedWebhook(timestamp, KeyId, Text(Sign([.. Encoding.ASCII.GetBytes($"{timestamp}."), .. body])), body);
    }

    public static string Jwks(params Signer[] signers) => $$"""{"keys":[{{string.Join(',', signers.Select(signer => signer.Jwk))}}]}""";

    public static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    private static BigInteger Number(byte[] hashed) =>
        new BigInteger(SHA512.HashData(hashed), isUnsigned: true) % Ed25519Point.Order;

    private static byte[] Times(BigInteger scalar)
    {
        var bytes = new byte[32];
        Ed25519Point.Sum(scalar, Ed25519Point.Base, 0, Ed25519Point.Base).Encode(bytes);
        return bytes;
    }
}
