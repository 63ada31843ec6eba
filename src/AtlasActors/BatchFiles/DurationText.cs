using System.Globalization;
using System.Text.RegularExpressions;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Durations as the file writes them: <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1.5h</c>, or a number of seconds.
/// </summary>
internal static partial class DurationText
{
    /// <summary>What to write, for hints.</summary>
    public const string Forms = "write 250ms, 5s, 2m, 1.5h, or a number of seconds";

    /// <summary>
    /// The seconds, or null when it is no duration. A number without a unit keeps its decimals as written; a whole
    /// number of seconds is whole.
    /// </summary>
    public static decimal? Seconds(string text)
    {
        var form = Form().Match(text);
        var written = form.Groups["number"].Value;
        if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > 100_000_000_000)
            return null;
        return form.Groups["unit"].Value switch
        {
            "ms" => Tidy(number / 1000),
            "s" => Tidy(number),
            "m" => Tidy(number * 60),
            "h" => Tidy(number * 3600),
            _ => number,
        };
    }

    // Dividing by a one with all decimals drops the zeros at the end: 90.0 is 90.
    private static decimal Tidy(decimal number) => number / 1.0000000000000000000000000000m;

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?|\.[0-9]+) ?(?<unit>ms|s|m|h)?\z")]
    private static partial Regex Form();
}
