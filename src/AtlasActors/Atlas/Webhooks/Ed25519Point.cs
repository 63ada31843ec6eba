using System.Numerics;

namespace AtlasActors.Atlas.Webhooks;

/// <summary>
/// A point of the curve edwards25519 in extended coordinates (RFC 8032, 5.1): x = X/Z, y = Y/Z, xy = T/Z. For
/// verification only: what is computed here takes longer for some numbers than for others, and would tell of a secret.
/// </summary>
internal readonly struct Ed25519Point
{
    /// <summary>How many bytes an encoded point has.</summary>
    public const int Length = 32;

    /// <summary>The field: numbers modulo 2^255 - 19.</summary>
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    private static readonly BigInteger D = Modulo(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (Prime - 1) / 4, Prime);

    private readonly BigInteger _x;
    private readonly BigInteger _y;
    private readonly BigInteger _z;
    private readonly BigInteger _t;

    private Ed25519Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) => (_x, _y, _z, _t) = (x, y, z, t);

    /// <summary>How many points the base point makes, a prime (RFC 8032's L).</summary>
    public static BigInteger Order { get; } =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    /// <summary>The neutral point.</summary>
    public static Ed25519Point Zero { get; } = new(0, 1, 1, 0);

    /// <summary>The base point, of which y is 4/5 and x is even.</summary>
    public static Ed25519Point Base { get; } = At(Modulo(4 * Inverse(5)), isOdd: false)!.Value;

    /// <summary>Whether eight times the point is nothing: a key of which one signature may fit any message.</summary>
    public bool IsOfSmallOrder => Doubled().Doubled().Doubled().IsZero;

    private bool IsZero => _x.IsZero && _y == _z;

    /// <summary>Reads an encoded point; null where the bytes are none, or are not the only way to write theirs.</summary>
    public static Ed25519Point? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) return null;
        Span<byte> y = stackalloc byte[Length];
        bytes.CopyTo(y);
        y[^1] &= 0x7f;
        return At(new BigInteger(y, isUnsigned: true), isOdd: (bytes[^1] & 0x80) != 0);
    }

    /// <summary>Writes the point: y, and in its highest bit whether x is odd.</summary>
    public void Encode(Span<byte> bytes)
    {
        var inverse = Inverse(_z);
        var (x, y) = (Modulo(_x * inverse), Modulo(_y * inverse));
        bytes[..Length].Clear();
        y.TryWriteBytes(bytes, out _, isUnsigned: true);
        if (!x.IsEven) bytes[Length - 1] |= 0x80;
    }

    public Ed25519Point Negated() => new(Modulo(-_x), _y, _z, Modulo(-_t));

    /// <summary>The sum; right for equal points and for the neutral one too.</summary>
    public Ed25519Point Plus(Ed25519Point other)
    {
        var a = Modulo((_y - _x) * (other._y - other._x));
        var b = Modulo((_y + _x) * (other._y + other._x));
        var c = Modulo(2 * D * Modulo(_t * other._t));
        var d = Modulo(2 * _z * other._z);
        return Of(b - a, d - c, d + c, b + a);
    }

    /// <summary>One point so many times and another so many times, in one go.</summary>
    public static Ed25519Point Sum(BigInteger times, Ed25519Point point, BigInteger otherTimes, Ed25519Point other)
    {
        var both = point.Plus(other);
        var sum = Zero;
        for (var bit = (int)BigInteger.Max(times, otherTimes).GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            var (one, two) = (!((times >> bit) & 1).IsZero, !((otherTimes >> bit) & 1).IsZero);
            if (one || two) sum = sum.Plus(one && two ? both : one ? point : other);
        }
        return sum;
    }

    private Ed25519Point Doubled()
    {
        var a = Modulo(_x * _x);
        var b = Modulo(_y * _y);
        var c = Modulo(2 * _z * _z);
        var h = a + b;
        var e = h - Modulo((_x + _y) * (_x + _y));
        var g = a - b;
        return Of(e, c + g, g, h);
    }

    private static Ed25519Point Of(BigInteger e, BigInteger f, BigInteger g, BigInteger h) =>
        new(Modulo(e * f), Modulo(g * h), Modulo(f * g), Modulo(e * h));

    /// <summary>The point with this y, where there is one: x is a square root, found as RFC 8032, 5.1.3 says.</summary>
    private static Ed25519Point? At(BigInteger y, bool isOdd)
    {
        if (y >= Prime) return null;
        var u = Modulo(y * y - 1);
        var v = Modulo(D * y * y + 1);
        var x = Modulo(u * BigInteger.ModPow(v, 3, Prime)
            * BigInteger.ModPow(u * BigInteger.ModPow(v, 7, Prime), (Prime - 5) / 8, Prime));
        var square = Modulo(v * x * x);
        if (square != u)
        {
            if (square != Modulo(-u)) return null;
            x = Modulo(x * RootOfMinusOne);
        }
        if (x.IsZero && isOdd) return null;
        if (x.IsEven == isOdd) x = Prime - x;
        return new Ed25519Point(x, y, 1, Modulo(x * y));
    }

    private static BigInteger Inverse(BigInteger number) => BigInteger.ModPow(number, Prime - 2, Prime);

    private static BigInteger Modulo(BigInteger number)
    {
        var rest = BigInteger.Remainder(number, Prime);
        return rest.Sign < 0 ? rest + Prime : rest;
    }
}
