namespace AtlasActors.Simulator.Predictions;

/// <summary>What a draw decides; draws for different purposes are independent of each other.</summary>
internal enum ChancePurpose
{
    Duration,
    DurationSpread,
    FailedGeneration,
    SubmitRefused,
    SubmitLost,
    Poll503,
    DownloadCut,
    SubmitDropped,
    PaymentRefused,
    Poll429,
    Poll502,
    TimedOut,
    Moderated,
    Empty,
    NoPrice,
    ExpiredOutput,
    StatusWords,
}

/// <summary>Seeded chance: the same seed, purpose and numbers always draw the same value.</summary>
internal static class Chance
{
    /// <summary>A value in [0, 1).</summary>
    public static double Draw(int seed, ChancePurpose purpose, long number, long part = 0)
    {
        var mixed = Mix((uint)seed + ((ulong)purpose << 40));
        mixed = Mix(mixed ^ (ulong)number);
        mixed = Mix(mixed ^ ((ulong)part << 1));
        return Unit(mixed);
    }

    public static bool Hits(double rate, int seed, ChancePurpose purpose, long number, long part = 0) =>
        rate > 0 && Draw(seed, purpose, number, part) < rate;

    /// <summary>The same number for the same text, in every process.</summary>
    public static ulong OfText(string text)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var character in text) hash = (hash ^ character) * 0x100000001B3UL;
        return Mix(hash);
    }

    public static double Unit(ulong mixed) => (mixed >> 11) * (1.0 / (1UL << 53));

    // SplitMix64's step: every bit of the input moves half of the bits of the result.
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
