using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace AtlasActors.BatchFiles;

internal enum ScalarKind
{
    Nothing,
    Boolean,
    WholeNumber,
    Number,
    Text,
}

/// <summary>
/// What a plain scalar means: the core schema of YAML 1.2, so that <c>no</c>, <c>on</c>, <c>2026-11-21</c> and
/// <c>1:30</c> are text. JSON's literals mean the same in it.
/// </summary>
internal static partial class CoreSchema
{
    public static ScalarKind KindOf(ScalarNode node)
    {
        if (!node.IsPlain)
            return ScalarKind.Text;
        return node.Text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Nothing,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
            var text when WholeNumber().IsMatch(text) => ScalarKind.WholeNumber,
            var text when Number().IsMatch(text) => ScalarKind.Number,
            _ => ScalarKind.Text,
        };
    }

    /// <summary>
    /// The number as JSON writes it, as it stands in the file where that is JSON; null for infinities and NaN.
    /// </summary>
    public static string? JsonNumber(string text)
    {
        if (JsonForm().IsMatch(text))
            return text;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return Whole(text[2..], 16);
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Whole(text[2..], 8);
        return Parts().Match(text) is { Success: true } parts ? Tidy(parts) : null;
    }

    private static string Whole(string digits, int radix) => digits
        .Aggregate(BigInteger.Zero, (sum, digit) => sum * radix + Convert.ToInt32(digit.ToString(), 16))
        .ToString(CultureInfo.InvariantCulture);

    // What YAML allows and JSON does not: a plus sign, zeros in front, no digit before or after the point.
    private static string Tidy(Match parts)
    {
        var sign = parts.Groups["sign"].Value == "-" ? "-" : "";
        var whole = parts.Groups["whole"].Value.TrimStart('0');
        var fraction = parts.Groups["fraction"].Value;
        return sign + (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? "" : "." + fraction)
            + parts.Groups["exponent"].Value;
    }

    [GeneratedRegex(@"^([-+]?[0-9]+|0o[0-7]{1,64}|0x[0-9a-fA-F]{1,64})\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex JsonForm();

    [GeneratedRegex(@"^(?<sign>[-+]?)(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?(?<exponent>([eE][-+]?[0-9]+)?)\z")]
    private static partial Regex Parts();
}
