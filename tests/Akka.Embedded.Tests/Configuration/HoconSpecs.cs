using Akka.Configuration;
using Xunit;

namespace Akka.Embedded.Tests.Configuration;

public sealed class HoconSpecs
{
    [Fact]
    public void Dotted_keys_and_nested_objects_name_the_same_setting()
    {
        var config = ConfigurationFactory.ParseString("""
            a.b.c = 1
            a { b.e = 3, b { d : 2 } }
            a.b { "f.g" = 4 }
            """);

        Assert.Equal(1, config.GetInt("a.b.c"));
        Assert.Equal(2, config.GetInt("a.b.d"));
        Assert.Equal(3, config.GetInt("a.b.e"));
        Assert.Equal(4, config.GetInt("a.b.\"f.g\""));
    }

    [Fact]
    public void The_later_of_two_values_wins_and_objects_merge()
    {
        var config = ConfigurationFactory.ParseString("""
            a { x = 1, y = 2 }
            a { y = 3, z = 4 }
            b = first
            b = second
            """);

        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(3, config.GetInt("a.y"));
        Assert.Equal(4, config.GetInt("a.z"));
        Assert.Equal("second", config.GetString("b"));
    }

    [Fact]
    public void Comments_run_from_a_hash_or_two_slashes_to_the_end_of_the_line()
    {
        var config = ConfigurationFactory.ParseString("""
            # a = 1
            // a = 2
            a = 3 # not 4
            b = five // not six
            c = "http://host#part"
            """);

        Assert.Equal(3, config.GetInt("a"));
        Assert.Equal("five", config.GetString("b"));
        Assert.Equal("http://host#part", config.GetString("c"));
    }

    [Fact]
    public void Unquoted_words_of_a_line_make_one_text()
    {
        var config = ConfigurationFactory.ParseString("a = the quick  brown fox  \nb = x\"y z\"w");

        Assert.Equal("the quick  brown fox", config.GetString("a"));
        Assert.Equal("xy zw", config.GetString("b"));
    }

    [Fact]
    public void Triple_quotes_hold_lines_and_quotes_as_they_are()
    {
        var config = ConfigurationFactory.ParseString("a = \"\"\"one \"two\"\nthree \\n\"\"\"");

        Assert.Equal("one \"two\"\nthree \\n", config.GetString("a"));
    }

    [Fact]
    public void Escapes_in_quotes_are_read()
    {
        var config = ConfigurationFactory.ParseString("""a = "tab\there \"quoted\" \u00e9 \\ end" """);

        Assert.Equal("tab\there \"quoted\" é \\ end", config.GetString("a"));
    }

    [Fact]
    public void Arrays_take_commas_or_lines_and_join()
    {
        var config = ConfigurationFactory.ParseString("""
            a = [1, 2, 3]
            b = [
              "x"
              y // why
              [z]
            ]
            c = [{ n = 1 }, { n = 2 }]
            d = []
            """);

        Assert.Equal([1, 2, 3], config.GetIntList("a"));
        Assert.Equal(["x", "y"], config.GetStringList("b").Take(2));
        Assert.Equal([1, 2], config.GetValue("c").GetArray().Select(o => o.GetObject().GetKey("n").GetInt()));
        Assert.Empty(config.GetStringList("d"));
    }

    [Fact]
    public void A_substitution_takes_the_value_of_its_path()
    {
        var config = ConfigurationFactory.ParseString("""
            base { x = 1, name = "left" }
            copy = ${base}
            text = ${base.name} side
            deep = ${text}
            list = [${base.x}, 2]
            """);

        Assert.Equal(1, config.GetInt("copy.x"));
        Assert.Equal("left side", config.GetString("text"));
        Assert.Equal("left side", config.GetString("deep"));
        Assert.Equal([1, 2], config.GetIntList("list"));
    }

    [Fact]
    public void Json_is_hocon()
    {
        var config = ConfigurationFactory.ParseString("""{ "a" : { "b" : [true, false], "c" : null, "d" : -1.5 } }""");

        Assert.Equal([true, false], config.GetBooleanList("a.b"));
        Assert.Null(config.GetString("a.c"));
        Assert.Equal(-1.5, config.GetDouble("a.d"));
    }

    [Fact]
    public void Unresolved_substitutions_are_refused() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("a = ${no.such.path}"));
}
