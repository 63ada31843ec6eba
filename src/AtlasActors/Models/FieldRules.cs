using System.Globalization;
using AtlasActors.BatchFiles;

namespace AtlasActors.Models;

/// <summary>What a field takes: whether a value is of it, and how that is said.</summary>
internal static class FieldRules
{
    /// <summary>Seconds as values of a file of models are written.</summary>
    public static string Seconds(decimal seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The value as the model spells it; null when it is none that the field is known to take.</summary>
    public static string? Spelling(ModelField field, string value)
    {
        if (field.HasAuto && value == Seconds(AskedFields.Auto))
            return value;
        if (field.Values.Count > 0)
            return field.Values.FirstOrDefault(known => IsSame(field, known, value));
        return field.From switch
        {
            CommonField.Duration => IsLength(field, value) ? value : null,
            CommonField.Size => IsSize(field, value) ? value : null,
            _ => value,
        };
    }

    /// <summary>What it takes, in words.</summary>
    public static string Words(ModelField field)
    {
        var seconds = field.From == CommonField.Duration ? " seconds" : "";
        var words = field.Values.Count > 0 ? Either(field.Values) + seconds : Range(field) + seconds;
        return field.HasAuto ? words + ", or -1 for what the model likes" : words;
    }

    /// <summary>The question after the value that was perhaps meant, or null.</summary>
    public static string? Hint(ModelField field, string value)
    {
        if (field.From != CommonField.Duration)
            return DidYouMean.Hint(value, field.Values);
        return Number(value) is { } seconds && Nearest(field, seconds) is { } nearest
            ? $"did you mean {Seconds(nearest)}?"
            : null;
    }

    /// <summary>The length nearest to this that the field takes; null when it says nothing of lengths.</summary>
    public static decimal? Nearest(ModelField field, decimal seconds)
    {
        var known = field.Values.Select(Number).OfType<decimal>().ToArray();
        if (known.Length > 0)
            return known.MinBy(value => Math.Abs(value - seconds));
        return field.Least is null && field.Greatest is null
            ? null
            : Math.Max(field.Least ?? 1, Math.Min(field.Greatest ?? decimal.MaxValue, Math.Ceiling(seconds)));
    }

    /// <summary><c>4, 6 or 8</c>.</summary>
    public static string Either(IReadOnlyList<string> values) => values.Count == 1
        ? values[0]
        : $"{string.Join(", ", values.Take(values.Count - 1))} or {values[^1]}";

    private static bool IsSame(ModelField field, string known, string value) => field.From switch
    {
        CommonField.Size => PixelSize.Parse(known) is { } size && size == PixelSize.Parse(value),
        CommonField.Duration => Number(known) is { } number && number == Number(value),
        _ => string.Equals(known, value, StringComparison.OrdinalIgnoreCase),
    };

    // A model of which we know no bounds takes any; one of which we know them counts in whole seconds.
    private static bool IsLength(ModelField field, string value)
    {
        if (Number(value) is not { } seconds)
            return false;
        if (field.Least is null && field.Greatest is null)
            return seconds > 0;
        return decimal.IsInteger(seconds)
            && seconds >= (field.Least ?? 1) && seconds <= (field.Greatest ?? decimal.MaxValue);
    }

    private static bool IsSize(ModelField field, string value) => PixelSize.Parse(value) is { } size
        && Math.Min(size.Width, size.Height) >= (field.Least ?? 1)
        && Math.Max(size.Width, size.Height) <= (field.Greatest ?? int.MaxValue);

    private static string Range(ModelField field) => (field.Least, field.Greatest) switch
    {
        ({ } least, { } greatest) => $"{Seconds(least)} to {Seconds(greatest)}",
        ({ } least, null) => $"{Seconds(least)} and more",
        (null, { } greatest) => $"at most {Seconds(greatest)}",
        _ => "any",
    };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
