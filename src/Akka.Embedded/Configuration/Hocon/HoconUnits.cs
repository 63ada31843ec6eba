using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Numbers with a unit: durations and sizes.</summary>
internal static class HoconUnits
{
    public static TimeSpan Duration(string? text, bool allowInfinite)
    {
        var (number, unit) = Split(text);
        if (number.Length == 0 && allowInfinite && unit.Equals("infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            throw new FormatException($"'{text}' is not a duration such as 5s, 100 ms or 2 minutes.");

        var ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => amount / TimeSpan.NanosecondsPerTick,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => amount * TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" =>
                amount * TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => amount * TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => amount * TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => amount * TimeSpan.TicksPerHour,
            "d" or "day" or "days" => amount * TimeSpan.TicksPerDay,
            _ => throw new FormatException($"'{unit}' is not a unit of time.")
        };
        return TimeSpan.FromTicks((long)Math.Round(ticks));
    }

    public static long? ByteSize(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var (number, unit) = Split(text);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            throw new FormatException($"'{text}' is not a size such as 512b, 10MiB or 1k.");
        return checked(amount * Factor(unit));
    }

    private static long Factor(string unit) => unit switch
    {
        "" or "b" or "B" or "byte" or "bytes" => 1,
        "kB" or "kilobyte" or "kilobytes" => 1000,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "MB" or "megabyte" or "megabytes" => 1000_000,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "GB" or "gigabyte" or "gigabytes" => 1000_000_000,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "TB" or "terabyte" or "terabytes" => 1000_000_000_000,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        "PB" or "petabyte" or "petabytes" => 1000_000_000_000_000,
        "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
        "EB" or "exabyte" or "exabytes" => 1000_000_000_000_000_000,
        "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
        _ => throw new FormatException($"{unit} is not a valid byte size suffix")
    };

    private static (string Number, string Unit) Split(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] == '.'))
            end++;
        return (trimmed[..end], trimmed[end..].TrimStart());
    }
}
