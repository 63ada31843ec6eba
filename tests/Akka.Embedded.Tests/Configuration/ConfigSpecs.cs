using Akka.Configuration;
using Xunit;

namespace Akka.Embedded.Tests.Configuration;

public sealed class ConfigSpecs
{
    [Theory]
    [InlineData("5s", 5_000)]
    [InlineData("100ms", 100)]
    [InlineData("100 ms", 100)]
    [InlineData("1.5 seconds", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("250", 250)]
    public void Durations_have_units_and_milliseconds_without_one(string text, int milliseconds)
    {
        var config = ConfigurationFactory.ParseString($"wait = {text}");

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), config.GetTimeSpan("wait"));
    }

    [Fact]
    public void Infinite_is_a_duration_unless_refused()
    {
        var config = ConfigurationFactory.ParseString("wait = infinite");

        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("wait"));
        Assert.Throws<FormatException>(() => config.GetTimeSpan("wait", null, false));
    }

    [Theory]
    [InlineData("10MiB", 10L * 1024 * 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("128000b", 128_000)]
    [InlineData("3 GB", 3_000_000_000)]
    [InlineData("42", 42)]
    public void Sizes_have_binary_and_decimal_units(string text, long bytes)
    {
        var config = ConfigurationFactory.ParseString($"size = {text}");

        Assert.Equal(bytes, config.GetByteSize("size"));
    }

    [Fact]
    public void What_is_missing_gives_the_default()
    {
        var config = ConfigurationFactory.ParseString("a = 1");

        Assert.Null(config.GetString("b"));
        Assert.Equal("x", config.GetString("b", "x"));
        Assert.Equal(7, config.GetInt("b", 7));
        Assert.Equal(8L, config.GetLong("b", 8));
        Assert.Equal(0.5, config.GetDouble("b", 0.5));
        Assert.True(config.GetBoolean("b", true));
        Assert.Equal(TimeSpan.FromSeconds(3), config.GetTimeSpan("b", TimeSpan.FromSeconds(3)));
        Assert.Equal(9L, config.GetByteSize("b", 9));
        Assert.Empty(config.GetStringList("b"));
        Assert.Null(config.GetConfig("b"));
        Assert.True(config.GetConfig("b").IsNullOrEmpty());
        Assert.False(config.HasPath("b"));
        Assert.True(config.HasPath("a"));
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Booleans_are_true_or_on_and_false_or_off(string text, bool expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));

    [Fact]
    public void A_fallback_answers_only_for_what_is_missing()
    {
        var config = ConfigurationFactory.ParseString("a { x = 1, y = 2 }")
            .WithFallback(ConfigurationFactory.ParseString("b = 5, a { y = 3, z = 4 }"))
            .WithFallback(ConfigurationFactory.ParseString("b = 6, c = 7"));

        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal(4, config.GetInt("a.z"));
        Assert.Equal(5, config.GetInt("b"));
        Assert.Equal(7, config.GetInt("c"));
        Assert.Equal(4, config.GetConfig("a").GetInt("z"));
        Assert.Equal(["a", "b", "c"], config.AsEnumerable().Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_configuration_is_replaced_by_its_fallback()
    {
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.Equal(1, Config.Empty.WithFallback("a = 1").GetInt("a"));
        Assert.Equal(1, ((Config)"a = 1").WithFallback(Config.Empty).GetInt("a"));
    }

    [Fact]
    public void What_is_printed_reads_the_same_again()
    {
        var config = ConfigurationFactory.ParseString("""
            a { b = "x y: z", c = [1, "two three"], d { e = 5s } }
            """);

        var again = ConfigurationFactory.ParseString(config.ToString());

        Assert.Equal("x y: z", again.GetString("a.b"));
        Assert.Equal(["1", "two three"], again.GetStringList("a.c"));
        Assert.Equal(TimeSpan.FromSeconds(5), again.GetTimeSpan("a.d.e"));
    }

    [Fact]
    public void The_defaults_of_the_toolkit_are_there()
    {
        var config = ConfigurationFactory.Default();

        Assert.Equal("INFO", config.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromSeconds(5), config.GetTimeSpan("akka.coordinated-shutdown.default-phase-timeout"));
    }
}
