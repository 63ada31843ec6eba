using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class JsonSpecs
{
    [Theory]
    [InlineData("a.json")]
    [InlineData("a.yaml")]
    [InlineData("a.batch")]
    [InlineData("-")]
    public void A_JSON_file_is_read_whatever_it_is_called(string fileName)
    {
        var job = Faults.None("""
            {
            	"max_workers": 2,
            	"jobs": [{"name": "\ud83d\ude00 \/", "type": "video", "model": "a/b", "prompt": "p", "duration": 1.5,
            	          "params": {"seed": 1, "on": true, "off": null, "many": [1.0, "2"]}}]
            }
            """, fileName).Jobs[0];

        Assert.Equal("😀 /", job.Name);
        Assert.Equal(
            """{"model":"a/b","prompt":"p","duration":1.5,"resolution":"1080p","""
            + """
            "seed":1,"on":true,"off":null,"many":[1.0,"2"]}
            """,
            job.Body);
    }

    [Fact]
    public void YAML_in_braces_is_read_in_a_file_for_YAML() =>
        Assert.Equal("no", Faults.None("{jobs: [{name: no, type: image, model: m, prompt: p}]} # end").Jobs[0].Name);

    [Fact]
    public void A_merge_key_is_a_key_like_any_other_in_JSON() =>
        Assert.Contains("\"<<\":{\"a\":1}", Faults.None(
            """{"jobs": [{"name": "n", "type": "image", "model": "m", "prompt": "p", "params": {"<<": {"a": 1}}}]}""",
            "a.json").Jobs[0].Body, StringComparison.Ordinal);

    [Fact]
    public void Faults_in_JSON_have_their_line_and_column_in_characters() =>
        Assert.Equal(
            [
                "a.json:1:2: max_worker: unknown key 'max_worker'; did you mean 'max_workers'?",
                "a.json:2:23: jobs[1].widht: unknown key 'widht'; did you mean 'width'?",
                "a.json:3:15: jobs[1].prompt: 'prompt' is empty",
                "a.json:4:4: jobs[1].name: 'name' is given twice, first in line 2",
            ],
            Faults.Of("""
                {"max_worker": 3, "jobs": [
                 {"name": "größe 語語", "widht": 5,
                    "prompt": "", "type": "image", "model": "m",
                   "name": "n"}]}
                """, "a.json"));

    [Theory]
    [InlineData("{\"jobs\": [\n  {\"name\": \"x\",}]}",
        "2:16: a comma before a closing bracket; JSON wants none there")]
    [InlineData("{'jobs': 1}",
        "1:2: a key in double quotes is wanted; JSON has no single quotes or bare words")]
    [InlineData("{\"jobs\": [", "1:11: the file ends before every bracket is closed")]
    [InlineData("{\"jobs\": \"a",
        "1:12: the file ends inside of a text, a number or a word; is a closing quote missing?")]
    [InlineData("{\"jobs\": []} x", "1:14: there is more text after the end of the JSON")]
    [InlineData("jobs: []", "1:1: a value is wanted here; text needs double quotes, and JSON has no comments")]
    [InlineData("{\"jobs\": [] // no\n}", "1:13: a ',' or a closing bracket is wanted here; is a comma missing?")]
    [InlineData("{\"jobs\" []}", "1:9: a ':' is wanted after the key")]
    [InlineData("{\"ü\": \"\\ud83d\"}",
        "1:7: an escape in this text is half of a character; \\ud83d and its like come in pairs")]
    [InlineData("{\"jobs\": nul}", "1:13: an unknown word; JSON knows true, false and null; text needs double quotes")]
    [InlineData("{\"jobs\": \"ü\nb\"}",
        "1:12: a line break or another control character in a text; write \\n for a line break")]
    [InlineData("{\"jobs\": \"\\q\"}", "1:12: an unknown escape after '\\'; write \\\\ for a backslash")]
    [InlineData("{\"jobs\": 01}", "1:11: a number with a zero in front")]
    public void What_is_no_JSON_is_told_in_plain_words(string text, string fault) =>
        Assert.Equal(["a.json:" + fault], Faults.Of(text, "a.json"));

    [Fact]
    public void Numbers_stand_for_text_where_text_is_wanted() =>
        Assert.Equal("2026", Faults.None(
            """{"jobs": [{"name": 2026, "type": "image", "model": "a/b", "prompt": "p"}]}""", "a.json").Jobs[0].Name);
}
