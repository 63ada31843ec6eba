namespace AtlasActors.Polling;

/// <summary>
/// Times on a scale of even ratios: each bucket's end is 9 % after its start, from 16 ms to nine hours. A place on the
/// scale is a bucket's number, with the part of it as fraction.
/// </summary>
internal static class TimeBuckets
{
    public const int Count = 168;

    private const double PerOctave = 8;
    private const double Lowest = -6;

    /// <summary>Where a time of so many seconds stands; what is off the scale stands at its end.</summary>
    public static double PlaceOf(double seconds) =>
        seconds <= 0 ? 0 : Math.Clamp((Math.Log2(seconds) - Lowest) * PerOctave, 0, Count);

    /// <summary>The seconds of a place.</summary>
    public static double SecondsAt(double place) => Math.Pow(2, (place / PerOctave) + Lowest);

    /// <summary>A spread of times, as the standard deviation of their logarithms, in buckets.</summary>
    public static double Wide(double spread) => spread * PerOctave / Math.Log(2);
}
