using System.Globalization;
using AtlasActors.Host.Serving.Scheduling;
using Xunit;

namespace AtlasActors.Host.Tests.Serving.Scheduling;

/// <summary>What cron expressions mean, in both forms, and on the days on which clocks are put.</summary>
public sealed class CronTimesSpecs
{
    private const string Berlin = "Europe/Berlin";

    [Theory]
    [InlineData("0 7 * * MON", "Mon 11-23 07:00, Mon 11-30 07:00")]
    [InlineData("0 7 * * 1", "Mon 11-23 07:00, Mon 11-30 07:00")]
    [InlineData("0 7 * * 0", "Sun 11-22 07:00, Sun 11-29 07:00")]
    [InlineData("0 7 * * 7", "Sun 11-22 07:00, Sun 11-29 07:00")]
    [InlineData("0 7 * * 5-7", "Sat 11-21 07:00, Sun 11-22 07:00, Fri 11-27 07:00")]
    [InlineData("0 7 * * 0-7", "Sat 11-21 07:00, Sun 11-22 07:00, Mon 11-23 07:00")]
    [InlineData("0 7 * * mon-fri", "Mon 11-23 07:00, Tue 11-24 07:00, Wed 11-25 07:00, Thu 11-26 07:00, Fri 11-27 07:00, Mon 11-30 07:00")]
    [InlineData("0 7 * * 1-5/2", "Mon 11-23 07:00, Wed 11-25 07:00, Fri 11-27 07:00, Mon 11-30 07:00")]
    [InlineData("*/20 6,18 * * *", "Sat 11-21 06:00, Sat 11-21 06:20, Sat 11-21 06:40, Sat 11-21 18:00")]
    [InlineData("30 4 1,15 * FRI", "Fri 11-27 04:30, Tue 12-01 04:30, Fri 12-04 04:30")]
    [InlineData("0 7 1 JAN *", "Fri 01-01 07:00")]
    [InlineData("0 7 L * *", "Mon 11-30 07:00, Thu 12-31 07:00")]
    [InlineData("0 7 * * MON#1", "Mon 12-07 07:00")]
    [InlineData("0 7 * * 5L", "Fri 11-27 07:00, Fri 12-25 07:00")]
    [InlineData("@daily", "Sun 11-22 00:00, Mon 11-23 00:00")]
    [InlineData("@weekly", "Sun 11-22 00:00, Sun 11-29 00:00")]
    public void Five_fields_are_read_as_a_crontab_has_them(string cron, string times) => AssertTimes(cron, times);

    [Theory]
    [InlineData("0 0 7 ? * MON", "Mon 11-23 07:00, Mon 11-30 07:00")]
    [InlineData("0 0 7 ? * 2", "Mon 11-23 07:00, Mon 11-30 07:00")]
    [InlineData("0 0 7 ? * 6L 2026", "Fri 11-27 07:00, Fri 12-25 07:00, never")]
    [InlineData("0 0 7 25 12 ? 2098,2099", "Thu 12-25 07:00, Fri 12-25 07:00, never")]
    [InlineData("0 0 7 15W * ?", "Tue 12-15 07:00")]
    public void Six_and_seven_fields_are_read_as_Quartz_has_them(string cron, string times) => AssertTimes(cron, times);

    [Fact]
    public void Seconds_are_the_first_of_six_fields()
    {
        var times = Times("*/20 * * * * *");
        Assert.Equal(
            [At("2026-11-21T00:00:20Z"), At("2026-11-21T00:00:40Z"), At("2026-11-21T00:01:00Z")],
            times.Next(At("2026-11-21T00:00:00Z"), 3));
    }

    [Fact]
    public void A_time_of_day_that_the_clocks_skip_fires_when_they_have() => Assert.Equal(
        [At("2026-03-28T02:30+01:00"), At("2026-03-29T03:00+02:00"), At("2026-03-30T02:30+02:00")],
        Times("30 2 * * *", Berlin).Next(At("2026-03-28T00:00Z"), 3));

    [Fact]
    public void A_time_of_day_that_the_clocks_repeat_fires_once() => Assert.Equal(
        [At("2026-10-24T02:30+02:00"), At("2026-10-25T02:30+02:00"), At("2026-10-26T02:30+01:00")],
        Times("30 2 * * *", Berlin).Next(At("2026-10-24T00:00Z"), 3));

    [Fact]
    public void An_interval_fires_in_both_of_two_hours_of_one_name() => Assert.Equal(
        [At("2026-10-25T02:00+02:00"), At("2026-10-25T02:00+01:00"), At("2026-10-25T03:00+01:00")],
        Times("0 * * * *", Berlin).Next(At("2026-10-24T23:30Z"), 3));

    [Fact]
    public void An_interval_has_no_hole_where_the_clocks_skip_an_hour() => Assert.Equal(
        [At("2026-03-29T01:00+01:00"), At("2026-03-29T03:00+02:00"), At("2026-03-29T04:00+02:00")],
        Times("0 * * * *", Berlin).Next(At("2026-03-28T23:30Z"), 3));

    [Fact]
    public void The_last_of_a_span_may_be_its_end_and_not_its_beginning()
    {
        var times = Times("0 * * * *");
        Assert.Equal(At("2026-11-21T07:00Z"), times.LastWithin(At("2026-11-21T06:00Z"), At("2026-11-21T07:00Z")));
        Assert.Null(times.LastWithin(At("2026-11-21T06:00Z"), At("2026-11-21T06:59:59Z")));
    }

    [Theory]
    [InlineData("61 7 * * *", "is '61 7 * * *', which is not in order: Minute")]
    [InlineData("99 7 * * *", "is '99 7 * * *', which has a number in it that is too large")]
    [InlineData("0 099 * * *", "too large")]
    [InlineData("0 0 7 98 * ?", "too large")]
    [InlineData("0 7 1,99 * *", "too large")]
    [InlineData("0 7 * *", "give five fields")]
    [InlineData("0 7 * * MOO", "'MOO'")]
    [InlineData("@often", "is '@often', which is not in order")]
    [InlineData("0 0 30 2 *", "never comes")]
    [InlineData("0 0 7 ? * 9", "must be between 1 and 7")]
    [InlineData("every monday", "give five fields")]
    public void What_is_wrong_with_an_expression_is_told(string cron, string says)
    {
        Assert.Null(CronTimes.Read(cron, "UTC", out var fault, out var zoneFault));
        Assert.Contains(says, fault, StringComparison.Ordinal);
        Assert.Null(zoneFault);
    }

    [Fact]
    public void A_zone_that_is_none_is_told_beside_the_expression()
    {
        Assert.Null(CronTimes.Read("0 7 * *", "Europe/Berln", out var fault, out var zoneFault));
        Assert.NotNull(fault);
        Assert.Contains("'Europe/Berln', which is no time zone", zoneFault, StringComparison.Ordinal);
    }

    private static void AssertTimes(string cron, string times)
    {
        var wanted = times.Split(", ");
        var next = Times(cron).Next(At("2026-11-21T00:00:00Z"), wanted.Length).Select(
            time => time.ToString("ddd MM-dd HH:mm", CultureInfo.InvariantCulture)).ToList();
        if (next.Count < wanted.Length) next.Add("never");
        Assert.Equal(wanted, next);
    }

    private static CronTimes Times(string cron, string zone = "UTC") =>
        CronTimes.Find(cron, zone) ?? throw new InvalidOperationException($"{cron} is not in order.");

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
