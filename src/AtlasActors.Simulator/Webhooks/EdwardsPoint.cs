using System.Numerics;

namespace AtlasActors.Simulator.Webhooks;

/// <summary>
/// A point of edwards25519 in extended coordinates, as RFC 8032 5.1.4 has them. Not in constant time: the keys of a
/// simulator are no secrets.
/// </summary>
internal readonly record struct EdwardsPoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    private const int Digits = 64;
    private const int DigitValues = 16;

    public static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    private static readonly BigInteger TwiceD = 2 * Modulo(-121665 * Inverse(121666)) % Prime;

    private static readonly EdwardsPoint Neutral = new(0, 1, 1, 0);

    private static readonly Lazy<EdwardsPoint[]> Multiples = new(BaseMultiples);

    /// <summary>The multiple of the base point, by hexadecimal digits: 64 additions, no doublings.</summary>
    public static EdwardsPoint OfBase(BigInteger scalar)
    {
        var sum = Neutral;
        for (var digit = 0; digit < Digits; digit++)
        {
            var value = (int)((scalar >> (4 * digit)) & (DigitValues - 1));
            if (value > 0) sum = sum.Add(Multiples.Value[(digit * DigitValues) + value]);
        }

        return sum;
    }

    /// <summary>Thirty-two bytes: y, and in the highest bit whether x is odd.</summary>
    public byte[] Encode()
    {
        var inverse = Inverse(Z);
        var (x, y) = (X * inverse % Prime, Y * inverse % Prime);
        var bytes = new byte[32];
        y.TryWriteBytes(bytes, out _, isUnsigned: true);
        if (!x.IsEven) bytes[31] |= 0x80;
        return bytes;
    }

    // The same formula serves a point and itself.
    private EdwardsPoint Add(EdwardsPoint other)
    {
        var a = Modulo((Y - X) * (other.Y - other.X));
        var b = (Y + X) * (other.Y + other.X) % Prime;
        var c = T * TwiceD % Prime * other.T % Prime;
        var d = 2 * Z * other.Z % Prime;
        var (e, f, g, h) = (Modulo(b - a), Modulo(d - c), d + c, b + a);
        return new EdwardsPoint(e * f % Prime, g * h % Prime, f * g % Prime, e * h % Prime);
    }

    private static EdwardsPoint[] BaseMultiples()
    {
        var multiples = new EdwardsPoint[Digits * DigitValues];
        var unit = Base();
        for (var digit = 0; digit < Digits; digit++)
        {
            var sum = Neutral;
            for (var value = 0; value < DigitValues; value++)
            {
                multiples[(digit * DigitValues) + value] = sum;
                sum = sum.Add(unit);
            }

            unit = sum;
        }

        return multiples;
    }

    // y = 4/5, and of the two x the even one.
    private static EdwardsPoint Base()
    {
        var y = 4 * Inverse(5) % Prime;
        var x = BigInteger.Parse(
            "15112221349535400772501151409588531511454012693041857206046113283949847762202",
            System.Globalization.CultureInfo.InvariantCulture);
        return new EdwardsPoint(x, y, 1, x * y % Prime);
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, Prime - 2, Prime);

    private static BigInteger Modulo(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }
}
