using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AtlasActors.Costs;

/// <summary>An amount of US dollars. Never a floating-point number; shown with four decimals, as the manifest does.</summary>
[JsonConverter(typeof(UsdJson))]
public readonly record struct Usd(decimal Amount) : IComparable<Usd>
{
    /// <summary>Nothing at all; not to be used for "unknown".</summary>
    public static Usd Zero => default;

    public static Usd operator +(Usd left, Usd right) => new(left.Amount + right.Amount);
    public static Usd operator -(Usd left, Usd right) => new(left.Amount - right.Amount);
    public static Usd operator *(Usd price, decimal units) => new(price.Amount * units);
    public static bool operator <(Usd left, Usd right) => left.Amount < right.Amount;
    public static bool operator >(Usd left, Usd right) => left.Amount > right.Amount;
    public static bool operator <=(Usd left, Usd right) => left.Amount <= right.Amount;
    public static bool operator >=(Usd left, Usd right) => left.Amount >= right.Amount;

    /// <inheritdoc />
    public int CompareTo(Usd other) => Amount.CompareTo(other.Amount);

    /// <summary>The amount with four decimals and no currency sign, halves away from zero: <c>0.0400</c>.</summary>
    public override string ToString() =>
        Math.Round(Amount, 4, MidpointRounding.AwayFromZero).ToString("0.0000", CultureInfo.InvariantCulture);

    internal sealed class UsdJson : JsonConverter<Usd>
    {
        public override Usd Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetDecimal());

        public override void Write(Utf8JsonWriter writer, Usd value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Amount);
    }
}

/// <summary>Sums of money.</summary>
public static class UsdSums
{
    /// <summary>The sum; <see cref="Usd.Zero"/> of nothing.</summary>
    public static Usd Sum(this IEnumerable<Usd> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        return amounts.Aggregate(Usd.Zero, (total, amount) => total + amount);
    }
}
