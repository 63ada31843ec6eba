using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Quartz;

namespace AtlasActors.Host.Serving.Scheduling;

/// <summary>
/// The instants that a cron expression names in a time zone. Five fields are crontab's, minutes first; six or seven are
/// Quartz's, seconds first; <c>@daily</c> and its kin are what they are everywhere. An hour that the clocks skip fires at
/// its end, one that they repeat fires once for a time of day and both times for an interval. Pure.
/// </summary>
internal sealed partial class CronTimes
{
    /// <summary>The time zone where none is named.</summary>
    public const string UsualZone = "UTC";

    /// <summary>Of Quartz's form, counted from 0; all before it are of two digits at most.</summary>
    private const int YearField = 6;

    private readonly CronExpression _expression;

    private CronTimes(string text, string zoneName, CronExpression expression) =>
        (Text, ZoneName, _expression) = (text, zoneName, expression);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The zone's name as it was written.</summary>
    public string ZoneName { get; }

    public TimeZoneInfo Zone => _expression.TimeZone;

    /// <summary>Reads both; what is wrong with either is told in a sentence that goes on after its key.</summary>
    public static CronTimes? Read(string text, string zoneName, out string? fault, out string? zoneFault)
    {
        zoneFault = FindZone(zoneName, out var zone)
            ? null
            : $"is '{zoneName}', which is no time zone here: give a name such as Europe/Berlin, or UTC.";
        var expression = Parse(text, out fault);
        return expression is null || zone is null ? null : new CronTimes(text, zoneName, expression.WithTimeZone(zone));
    }

    /// <summary>What was read before; null where it can be read no more, such as a zone that this machine has not.</summary>
    public static CronTimes? Find(string text, string zoneName) => Read(text, zoneName, out _, out _);

    /// <summary>The first of them after an instant; null where there are no more.</summary>
    public DateTimeOffset? After(DateTimeOffset instant) => _expression.GetNextValidTimeAfter(instant);

    /// <summary>The last of them at an instant or before it, and after another; null where there is none.</summary>
    public DateTimeOffset? LastWithin(DateTimeOffset after, DateTimeOffset until) =>
        _expression.GetPreviousValidTimeBefore(until.AddTicks(1)) is { } last && last > after ? last : null;

    /// <summary>So many of them after an instant, or as many as there are.</summary>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset instant, int count)
    {
        var next = new List<DateTimeOffset>();
        while (next.Count < count && After(instant) is { } time)
        {
            next.Add(time);
            instant = time;
        }
        return next;
    }

    private static CronExpression? Parse(string text, out string? fault)
    {
        fault = null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var fields = words.Length;
        if (!text.StartsWith('@') && fields is not (5 or 6 or 7))
        {
            fault = $"is '{text}': give five fields, minute hour day month weekday, such as 0 7 * * MON; or six or seven "
                + "in Quartz's form, with the seconds first and the year last.";
            return null;
        }
        // Quartz means "any" by 99 and "none" by 98, and would take them for that where they are written.
        if (words.Take(YearField).SelectMany(field => Numbers().Matches(field))
            .Any(number => number.Value.TrimStart('0') is "98" or "99"))
        {
            fault = $"is '{text}', which has a number in it that is too large for a minute, an hour, a day or a month.";
            return null;
        }
        try
        {
            var expression = CronExpression.Parse(text, fields == 5 ? CronFormat.Unix : CronFormat.Quartz);
            if (expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is not null) return expression;
            fault = $"is '{text}', which never comes.";
        }
        catch (FormatException wrong)
        {
            fault = $"is '{text}', which is not in order: {wrong.Message.TrimEnd('.')}.";
        }
        return null;
    }

    private static bool FindZone(string name, [NotNullWhen(true)] out TimeZoneInfo? zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
