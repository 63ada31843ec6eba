using Akka.Configuration;
using AtlasActors.Costs;
using AtlasActors.Host.Settings;
using Xunit;

namespace AtlasActors.Host.Tests.Settings;

/// <summary>What is read of a section, and what is told of one that is not in order.</summary>
public sealed class SectionReaderSpecs
{
    private readonly List<string> _faults = [];

    [Fact]
    public void Each_kind_of_value_is_read_as_it_is_written()
    {
        var section = Read("""
            s { text = " a b ", count = 7, number = 0.5, money = 50.00, time = 2 minutes, on = on, off = false, word = high
                inner { key = deep }, list = [ { key = first }, { key = second } ] }
            """);

        Assert.Equal(("a b", 7, 0.5, new Usd(50)), (section.Text("text"), section.Count("count"), section.Number("number"), section.Money("money")));
        Assert.Equal((TimeSpan.FromMinutes(2), true, false), (section.Duration("time"), section.Switch("on"), section.Switch("off")));
        Assert.Equal(DayOfWeek.Friday, section.Word("word", new Dictionary<string, DayOfWeek> { ["high"] = DayOfWeek.Friday }));
        Assert.Equal("deep", section.Section("inner").Text("key"));
        Assert.Equal(["first", "second"], section.List("list").Select(entry => entry.Text("key")));
        Assert.Empty(_faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s {}")]
    [InlineData("s { text = \"\", list = [] }")]
    [InlineData("other.text = 5")]
    public void What_is_not_there_is_nothing_and_no_fault(string hocon)
    {
        var section = Read(hocon);

        Assert.Equal((null, null, null, null), (section.Text("text"), section.Count("text"), section.Number("text"), section.Money("text")));
        Assert.Equal((null, null, null), (section.Duration("text"), section.Switch("text"), section.Word<int>("text", new Dictionary<string, int>())));
        Assert.Empty(section.List("list"));
        Assert.Null(section.Section("inner").Text("key"));
        Assert.Empty(_faults);
    }

    [Fact]
    public void All_that_is_wrong_is_gathered_each_with_its_path_and_what_to_do()
    {
        var section = Read("""
            s { text = [1], count = -1, many = 101, number = "1,5", share = 2, money = free, time = soon, never = 0s, switch = maybe
                word = hgih, inner = 5, list = { key = 1 }, entries = [ { kye = 1 }, 5 ], colour = red }
            """);
        section.KnowOnly(
            "text", "count", "many", "number", "share", "money", "time", "never", "switch", "word", "inner", "list", "entries", "color");
        section.Text("text");
        section.Count("count");
        section.Count("many", 0, 100);
        section.Number("number");
        section.Number("share", 0, 1);
        section.Money("money");
        section.Duration("time");
        section.Duration("never");
        section.Switch("switch");
        section.Word("word", new Dictionary<string, int> { ["high"] = 1, ["normal"] = 2, ["low"] = 3 });
        section.Section("inner");
        section.List("list");
        foreach (var entry in section.List("entries"))
        {
            entry.KnowOnly("key", "other");
            entry.Needed("key", "a key such as k1");
        }

        Assert.Equal(
        [
            "s.colour is no key: did you mean 'color'?",
            "s.text is a text: give one value, without braces or brackets.",
            "s.count is '-1': give a whole number from 1.",
            "s.many is '101': give a whole number from 0 to 100.",
            "s.number is '1,5': give a number above 0.",
            "s.share is '2': give a number from 0 to 1.",
            "s.money is 'free': give US dollars such as 50.00.",
            "s.time is 'soon': give a duration such as 500ms, 30s, 2 minutes or 14 days.",
            "s.never is '0s': give a duration such as 500ms, 30s, 2 minutes or 14 days.",
            "s.switch is 'maybe': give on or off.",
            "s.word is 'hgih': give high, normal or low.",
            "s.inner is a section: write its keys between braces, s.inner { … }.",
            "s.list is a list: write each entry between braces, and all between brackets.",
            "s.entries[2] is a section: write its keys between braces, s.entries[2] { … }.",
            "s.entries[1].kye is no key: did you mean 'key'?",
            "s.entries[1].key is missing: give a key such as k1.",
            "s.entries[2].key is missing: give a key such as k1.",
        ], _faults);
    }

    [Fact]
    public void A_section_that_is_none_is_told_once()
    {
        Assert.Null(Read("s = 5").Text("text"));
        Assert.Equal(["s is a section: write its keys between braces, s { … }."], _faults);
    }

    [Fact]
    public void What_was_said_elsewhere_counts_before_the_file_and_faults_are_told_by_its_name()
    {
        var section = Read("s { text = file, count = 5, other = file }").With(
        [
            new GivenValue("text", "S_TEXT", "variable"), new GivenValue("text", "--text", "flag \"quoted\" \\ über\n"),
            new GivenValue("count", "S_COUNT", "many"), new GivenValue("time", "--time", "2s"),
        ]);

        Assert.Equal("flag \"quoted\" \\ über", section.Text("text"));
        Assert.Equal(("file", TimeSpan.FromSeconds(2)), (section.Text("other"), section.Duration("time")));
        Assert.Null(section.Count("count"));
        Assert.Equal(["S_COUNT is 'many': give a whole number from 1."], _faults);
    }

    private SectionReader Read(string hocon) => SectionReader.Of(ConfigurationFactory.ParseString(hocon), "s", _faults);
}
