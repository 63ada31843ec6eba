using System.Numerics;
using AtlasActors.Atlas.Webhooks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.Atlas.Webhooks;

public sealed class Ed25519Specs
{
    /// <summary>RFC 8032, 7.1: secret, public key, message, signature.</summary>
    public static TheoryData<string, string, string, string> Vectors => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    /// <summary>The eight points of small order, and ways to write some of them that are not the only ones.</summary>
    public static TheoryData<string> NoKeys =>
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        // x is 0, and said to be odd.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // y is the prime, the prime and one, and all ones: numbers that have a smaller name.
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        // No point has this y.
        "0200000000000000000000000000000000000000000000000000000000000000",
        // Too short, and nothing.
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751",
        "",
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_RFC_s_signatures_are_right(string secret, string key, string message, string signature)
    {
        Assert.True(KeyOf(key).Signed([], Convert.FromHexString(message), Convert.FromHexString(signature)));
        var signer = new Signer(Convert.FromHexString(secret));
        Assert.Equal(key, Convert.ToHexStringLower(signer.PublicKey));
        Assert.Equal(signature, Convert.ToHexStringLower(signer.Sign(Convert.FromHexString(message))));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void With_any_bit_of_it_turned_none_is(string secret, string key, string message, string signature)
    {
        Assert.NotNull(secret);
        var bytes = Convert.FromHexString(signature);
        // Every seventh, so that each byte and each place in it comes up; all of them take a while.
        for (var bit = 0; bit < bytes.Length * 8; bit += 7)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(KeyOf(key).Signed([], Convert.FromHexString(message), bytes), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(NoKeys))]
    public void A_key_that_proves_nothing_is_none(string bytes) => Assert.Null(Ed25519Key.Read(Convert.FromHexString(bytes)));

    [Fact]
    public void A_signature_with_the_order_added_to_it_is_another_s()
    {
        var signer = Signer.Of("k1");
        byte[] message = [1, 2, 3];
        var signature = signer.Sign(message);
        var number = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Ed25519Point.Order;
        byte[] again = [.. signature[..32], .. Signer.Bytes(number)];
        Assert.True(signer.Key.Signed([], message, signature));
        Assert.False(signer.Key.Signed([], message, again));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void A_signature_of_another_length_is_none(int length) =>
        Assert.False(Signer.Of("k1").Key.Signed([], [1], new byte[length]));

    [Fact]
    public void It_is_over_both_parts_and_says_nothing_of_where_they_meet()
    {
        var signer = Signer.Of("k1");
        var signature = signer.Sign("123.body"u8.ToArray());
        Assert.True(signer.Key.Signed("123."u8, "body"u8, signature));
        Assert.True(signer.Key.Signed("123.bo"u8, "dy"u8, signature));
        Assert.False(signer.Key.Signed("124."u8, "body"u8, signature));
        Assert.False(signer.Key.Signed("123."u8, "bodY"u8, signature));
        Assert.False(Signer.Of("k2").Key.Signed("123."u8, "body"u8, signature));
    }

    [Fact]
    public void Whatever_the_bytes_are_they_are_a_key_or_none_and_a_signature_or_none() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60),
        Prop.ForAll(
            (from key in Bytes(32) from signature in Bytes(64) from message in Bytes(40) select (key, signature, message)).ToArbitrary(),
            one => Ed25519Key.Read(one.key)?.Signed([], one.message, one.signature) is null or false));

    private static Gen<byte[]> Bytes(int most) =>
        Gen.OneOf(Gen.Constant(most), Gen.Choose(0, most + 2))
            .SelectMany(length => ArbMap.Default.GeneratorFor<byte>().ArrayOf(length));

    private static Ed25519Key KeyOf(string hex) => Ed25519Key.Read(Convert.FromHexString(hex))!;
}
