using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class ServerTextSpecs
{
    private const string Key = "sk-0123456789";
    private readonly ServerText _texts = new(Key);

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("  two\r\n\tlines \u0000\u001b[31m here ", "two lines [31m here")]
    [InlineData("right\u202eto left", "right to left")]
    [InlineData("key sk-0123456789 is bad", "key … is bad")]
    [InlineData("Authorization: Bearer abc.def-1 refused", "Authorization: Bearer … refused")]
    [InlineData("apikey-99aa_bb is unknown", "… is unknown")]
    [InlineData("see https://h/p/x.png?Signature=abc&Expires=1 now", "see https://h/p/x.png now")]
    [InlineData("see (https://h/x#frag) now", "see (https://h/x now")]
    [InlineData("\"https://user:pass@h/x\"", "\"https://h/x\"")]
    [InlineData("image data:image/png;base64,AAAA+/== is bad", "image data:… is bad")]
    [InlineData("Größe 日本 😀", "Größe 日本 😀")]
    [InlineData("", null)]
    [InlineData(" \n ", null)]
    [InlineData(null, null)]
    public void A_text_is_one_line_without_secrets(string? text, string? clean) =>
        Assert.Equal(clean, _texts.Clean(text));

    [Fact]
    public void A_long_text_is_cut_at_three_hundred() =>
        Assert.Equal(new string('a', 299) + "…", _texts.Clean(new string('a', 100_000)));

    [Fact]
    public void A_cut_does_not_split_a_sign()
    {
        var clean = _texts.Clean(new string('a', 298) + "😀😀")!;
        Assert.Equal(new string('a', 298) + "…", clean);
    }

    [Fact]
    public void No_place_of_the_key_leaves_a_piece_of_it()
    {
        for (var before = 0; before < 5000; before += 7)
        {
            var clean = _texts.Clean(new string('x', before) + Key + " rest");
            Assert.DoesNotContain("sk-0", clean, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_server_says_reaches_a_failure_only_cleaned()
    {
        var failure = Answers.FailureOf(Answers.Polled(200,
            $$$"""
            {"data":{"status":"failed","error":"{{{Answers.Key}}}\nat https://h/x?Signature=s",
            "error_code":"{{{Answers.Key}}}"}}
            """));
        Assert.Equal("The generation failed: … at https://h/x.", failure.Message);
        Assert.Equal("…", failure.Code);
    }
}
