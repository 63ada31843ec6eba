using System.Globalization;
using AtlasActors.Costs;

namespace AtlasActors.Host.Rendering;

/// <summary>Amounts, times and foreign texts as they stand in lines for people; the same in every culture.</summary>
internal static class Texts
{
    /// <summary><c>USD 0.9500</c>.</summary>
    public static string Money(Usd amount) => $"USD {amount}";

    /// <summary>What is spent, and how much of it only we say.</summary>
    public static string Charged(Usd charged, Usd unconfirmed) =>
        unconfirmed == Usd.Zero ? Money(charged)
        : unconfirmed == charged ? $"{Money(charged)}, not yet confirmed by Atlas"
        : $"{Money(charged)}, of which {Money(unconfirmed)} not yet confirmed by Atlas";

    /// <summary><c>USD0.040</c>: the tutorial's three decimals, and a fourth where there is one.</summary>
    public static string LogMoney(Usd amount) => "USD" + amount.Amount.ToString("0.000#", CultureInfo.InvariantCulture);

    /// <summary><c>USD 0.95</c>: two decimals, and more only where they are needed.</summary>
    public static string ShortMoney(Usd amount) =>
        "USD " + amount.Amount.ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary><c>12.3s</c>, from a minute on <c>2m 05s</c>, from an hour on <c>1h 04m</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(1))
            return Seconds(time);
        return time < TimeSpan.FromHours(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds:00}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h {time.Minutes:00}m");
    }

    /// <summary><c>72.5s</c>: seconds however many, as the tutorial's log lines have them.</summary>
    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + "s";

    /// <summary>The part of a model's id after its vendor.</summary>
    public static string ShortModel(string model) => model[(model.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary><c>1 job</c>, <c>2 jobs</c>.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>
    /// A text from outside on one line: its line breaks and control characters become spaces, so that a name can
    /// neither break a log line nor steer the terminal, nor turn the direction in which the line is read.
    /// </summary>
    public static string OneLine(string text) =>
        string.Create(text.Length, text, (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = IsSteering(source[i]) ? ' ' : source[i];
        });

    /// <summary>A text from outside whose lines stay lines; nothing else in it steers the terminal.</summary>
    public static string Lines(string text) =>
        string.Create(text.Length, text, (lines, source) =>
        {
            for (var i = 0; i < lines.Length; i++)
                lines[i] = source[i] is not ('\n' or '\r' or '\t') && IsSteering(source[i]) ? ' ' : source[i];
        });

    private static bool IsSteering(char letter) =>
        char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>A text from outside on one line of at most this many characters.</summary>
    public static string OneLine(string text, int most)
    {
        var line = OneLine(text);
        if (line.Length <= most)
            return line;
        var end = char.IsHighSurrogate(line[most - 2]) ? most - 2 : most - 1;
        return string.Concat(line.AsSpan(0, end), "…");
    }
}
