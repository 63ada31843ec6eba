using System.Text.Json;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class YamlSpecs
{
    [Theory]
    [InlineData("no")]
    [InlineData("1")]
    [InlineData("2026-11-21")]
    [InlineData("1:30")]
    [InlineData("0x1F")]
    [InlineData("true")]
    [InlineData("1e3")]
    public void Where_text_is_wanted_a_scalar_is_taken_as_it_is_written(string name) =>
        Assert.Equal(
            name, Faults.None(Faults.Job("image").Replace("one", name, StringComparison.Ordinal)).Jobs[0].Name);

    [Theory]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("2026-11-21", "\"2026-11-21\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("007", "7")]
    [InlineData("+7", "7")]
    [InlineData("-0.50", "-0.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("+00.e2", "0e2")]
    [InlineData("0o17", "15")]
    [InlineData("0xfF", "255")]
    [InlineData("0xffffffffffffffffffff", "1208925819614629174706175")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1e400", "1e400")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("! 5", "\"5\"")]
    [InlineData("!!int '5'", "5")]
    [InlineData("\"\\ud83d\\ude00 \\x41\"", "\"😀 A\"")]
    [InlineData("'it''s'", "\"it's\"")]
    [InlineData("a # comment", "\"a\"")]
    [InlineData("a#b", "\"a#b\"")]
    public void A_plain_value_means_what_YAML_1_2_says(string written, string sent)
    {
        var body = Faults.NoneInJob("image", "params:", "  x: " + written).Body;

        Assert.EndsWith($",\"x\":{sent}}}", body, StringComparison.Ordinal);
        JsonDocument.Parse(body).Dispose();
    }

    [Fact]
    public void Text_over_several_lines_is_folded_or_kept_as_YAML_says()
    {
        var folded = Faults.NoneInJob("image", "params:", "  x: >-", "    one", "    two");
        var kept = Faults.NoneInJob("image", "params:", "  x: |", "    one", "    two", "");

        Assert.Contains("\"one two\"", folded.Body, StringComparison.Ordinal);
        Assert.Contains("\"one\\ntwo\\n\"", kept.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_repeat_values_and_merge_keys_take_maps_over()
    {
        var jobs = Faults.None("""
            x-common: &common
              type: image
              model: a/b
              params: &params {seed: 1, style: plain}
            x-big: &big {width: 2048, height: 2048}
            jobs:
              - <<: *common
                name: first
                prompt: &prompt a long prompt
              - <<: [*common, *big]
                name: second
                height: 512
                prompt: *prompt
                params: {a: 0, <<: *params, style: bold}
            """).Jobs;

        Assert.Equal(
            """{"model":"a/b","prompt":"a long prompt","width":1024,"height":1024,"seed":1,"style":"plain"}""",
            jobs[0].Body);
        Assert.Equal(
            """{"model":"a/b","prompt":"a long prompt","width":2048,"height":512,"a":0,"seed":1,"style":"bold"}""",
            jobs[1].Body);
    }

    [Fact]
    public void A_fault_in_what_an_alias_brings_is_told_once_where_it_stands() =>
        Assert.Equal(
            ["a.yaml:1:51: jobs[1].width: wants a whole number from 1 to 16384, found the text 'wide'"],
            Faults.Of("""
                x-a: &a {type: image, model: m, prompt: p, width: wide}
                jobs:
                  - {name: a, <<: *a}
                  - {name: b, <<: *a}
                """));

    [Theory]
    [InlineData("jobs: &j [*j]", "1:11: '*j' stands inside of what it repeats")]
    [InlineData("jobs: *j", "1:7: '*j' repeats something that has no name yet; text that begins with * needs quotes")]
    [InlineData("jobs: []\n---\njobs: []",
        "2:1: the file holds more than one YAML document; make it one, or split the file at '---'")]
    [InlineData("jobs:\n\t- name: x", "2:1: a tab where an indent stands; YAML is indented with spaces")]
    [InlineData("jobs:\n  - name: x\n    prompt: Foo: bar",
        "3:16: a ':' that cannot stand here; text with ': ' in it needs quotes, and keys of one map the same indent")]
    [InlineData("jobs:\n  - name: @x", "2:11: nothing can begin with '@'; text that begins with @ needs quotes")]
    [InlineData("jobs:\n  - name: \"x", "2:11: a quote that is never closed")]
    [InlineData("jobs: [a, b",
        "1:12: neither ',' nor ']' in a list in brackets; close the bracket, or put quotes around the text")]
    [InlineData("jobs:\n  - name: x\n   type: y",
        "3:4: neither '- ' nor the end of this list; keys of one map, and items of one list, want the same indent")]
    [InlineData("jobs:\n  - name: \"\\q\"",
        "2:11: an unknown escape after '\\'; write \\\\ for a backslash, or use single quotes")]
    [InlineData("jobs: []\nprices: {<<: 3}", "2:14: prices[\"<<\"]: '<<' wants a map to take over, found the number 3")]
    public void What_is_no_YAML_is_told_in_plain_words(string text, string fault) =>
        Assert.Contains("a.yaml:" + fault, Faults.Of(text));

    [Theory]
    [InlineData("!mine 5", "the tag '!mine' means nothing here; text that begins with ! needs quotes")]
    [InlineData("!!binary aGk=", "the tag '!!binary' means nothing here; text that begins with ! needs quotes")]
    public void A_tag_that_means_nothing_is_a_fault(string value, string message) =>
        Assert.Equal(
            [$"a.yaml:7:10: jobs[1].params.x: {message}"], Faults.Of(Faults.Job("image", "params:", "  x: " + value)));

    [Fact]
    public void A_list_cannot_be_a_key() =>
        Assert.Equal(
            ["a.yaml:6:14: jobs[1].params: a key must be text, found a list"],
            Faults.Of(Faults.Job("image", "params: {[a]: b}")));

    [Fact]
    public void A_key_given_twice_is_a_fault_wherever_it_stands() =>
        Assert.Equal(
            ["a.yaml:8:7: jobs[1].params.x[2].y: 'y' is given twice, first in line 7"],
            Faults.Of(Faults.Job("image", "params: {x: [1, {", "  y: 1,", "  y: 2}]}")));

    [Fact]
    public void Aliases_that_explode_are_refused()
    {
        static string TenOf(int i) => string.Join(", ", Enumerable.Repeat($"*a{i}", 10));
        var levels = Enumerable.Range(1, 40).Select(i => $"x-{i}: &a{i} [{TenOf(i - 1)}]");

        var fault = Assert.Single(Faults.Of(string.Join('\n', ["x-0: &a0 lol", .. levels, "jobs: []"])));

        Assert.Contains("aliases make the file longer than 64 million characters", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml", "jobs: ")]
    [InlineData("a.json", "{\"jobs\": ")]
    public void Depth_is_bounded(string fileName, string begin) =>
        Assert.Contains(
            "lists and maps lie more than 64 deep in each other",
            Assert.Single(Faults.Of(begin + new string('[', 200_000), fileName)), StringComparison.Ordinal);

    [Fact]
    public void Line_ends_of_Windows_and_a_byte_order_mark_change_nothing() =>
        Assert.Equal(
            "one",
            Faults.None("\uFEFF" + Faults.Job("image").Replace("\n", "\r\n", StringComparison.Ordinal)).Jobs[0].Name);
}
