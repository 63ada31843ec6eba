using Akka.Configuration;
using Xunit;

namespace Akka.Embedded.Tests.Configuration;

/// <summary>HOCON that Akka.NET's own reader does not take, and the places that only ours names.</summary>
public sealed class HoconBeyondAkkaSpecs
{
    [Fact]
    public void Plus_equals_adds_to_an_array()
    {
        var config = ConfigurationFactory.ParseString("a = [1]\na += 2\nb += x");

        Assert.Equal([1, 2], config.GetIntList("a"));
        Assert.Equal(["x"], config.GetStringList("b"));
    }

    [Fact]
    public void A_comma_may_follow_an_object_on_its_line() =>
        Assert.Equal(2, ConfigurationFactory.ParseString("a { b { c = 1 }, d = 2 }, e = 3").GetInt("a.d"));

    [Fact]
    public void Text_with_an_assignment_is_refused() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = b = c"));

    [Fact]
    public void A_dotted_key_is_printed_in_its_quotes()
    {
        var config = ConfigurationFactory.ParseString("\"dotted.key\" = on");
        Assert.True(ConfigurationFactory.ParseString(config.ToString()).GetBoolean("\"dotted.key\""));
    }

    [Fact]
    public void A_substitution_of_its_own_key_means_what_stood_there_before()
    {
        var config = ConfigurationFactory.ParseString("path = [a]\npath = ${path} [b]\nname = x\nname = ${name}y");

        Assert.Equal(["a", "b"], config.GetStringList("path"));
        Assert.Equal("xy", config.GetString("name"));
    }

    [Fact]
    public void An_object_and_a_substitution_side_by_side_merge()
    {
        var config = ConfigurationFactory.ParseString("base { x = 1, y = 2 }\nmine = ${base} { y = 3 }");

        Assert.Equal(1, config.GetInt("mine.x"));
        Assert.Equal(3, config.GetInt("mine.y"));
        Assert.Equal(2, config.GetInt("base.y"));
    }

    [Fact]
    public void What_is_not_in_the_text_comes_from_the_environment_or_is_left_out()
    {
        var name = "HOCON_SPECS_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "from outside");

        var config = ConfigurationFactory.ParseString(
            $"a = ${{{name}}}\nb = ${{?{name}_NOT}}\nc = x\nc = ${{?{name}_NOT}}");

        Assert.Equal("from outside", config.GetString("a"));
        Assert.False(config.HasPath("b"));
        Assert.Equal("x", config.GetString("c"));
    }

    [Fact]
    public void An_included_text_stands_where_it_is_included()
    {
        var config = ConfigurationFactory.ParseString(
            "top { include \"part\", y = 2 }",
            name => ConfigurationFactoryRoot($"x = {name}, z = ${{x}}"));

        Assert.Equal("part", config.GetString("top.x"));
        Assert.Equal("part", config.GetString("top.z"));
        Assert.Equal(2, config.GetInt("top.y"));
    }

    [Theory]
    [InlineData("a = 1\nb {\n  c = 2\n", "line 2, column 3")]
    [InlineData("a = [1, 2", "line 1, column 5")]
    [InlineData("a = \"text\nb = 1", "line 1, column 5")]
    [InlineData("a\nb = 1", "line 2, column 1")]
    [InlineData("x = 1\na = b : c", "line 2, column 7")]
    [InlineData("a = 1 }", "line 1, column 7")]
    [InlineData("a = ${b}", "line 1, column 5")]
    [InlineData("a = ${b}\nb = ${a}", "refers to itself")]
    [InlineData("a = ,", "Expected a value for a")]
    [InlineData("a = \"\\q\"", "Unknown escape code: \\q")]
    [InlineData("a = x {}", "joins text with an object")]
    [InlineData("include \"file\"", "line 1, column 1")]
    public void Bad_text_is_refused_with_its_place(string text, string place)
    {
        var fault = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));

        Assert.Contains(place, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_wrong_kind_names_its_path()
    {
        var config = ConfigurationFactory.ParseString("a.b = soon");

        Assert.StartsWith("a.b:", Assert.Throws<FormatException>(() => config.GetInt("a.b")).Message);
        Assert.StartsWith("a.b:", Assert.Throws<FormatException>(() => config.GetTimeSpan("a.b")).Message);
        Assert.StartsWith("a.b:", Assert.Throws<NotSupportedException>(() => config.GetBoolean("a.b")).Message);
    }

    private static Akka.Configuration.Hocon.HoconRoot ConfigurationFactoryRoot(string text)
    {
        // The substitutions must travel with the tree, as they get the prefix of the place of the include.
        var config = ConfigurationFactory.ParseString(text);
        return new Akka.Configuration.Hocon.HoconRoot(config.Root, config.Substitutions);
    }
}
