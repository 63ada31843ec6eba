using AtlasActors.Costs;

namespace AtlasActors.Host.Serving.Records;

/// <summary>Money as the records keep it: whole billionths of a US dollar, which SQLite adds up without rounding.</summary>
internal static class Nanos
{
    private const decimal Unit = 1_000_000_000m;

    public static long Kept(this Usd amount) => (long)Math.Round(amount.Amount * Unit);

    public static Usd Read(long kept) => new(kept / Unit);
}
