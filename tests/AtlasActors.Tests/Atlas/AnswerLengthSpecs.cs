using System.Globalization;
using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Answers of every length come whole, whether the server says how long they are or not.</summary>
public sealed class AnswerLengthSpecs
{
    private const string Beginning = """{"data":{"id":"p1","status":"completed","outputs":["https://h/""";
    private const string End = "\"]}}";

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(16_384, true)]
    [InlineData(16_384, false)]
    [InlineData(16_385, true)]
    [InlineData(16_385, false)]
    [InlineData(65_536, true)]
    [InlineData(65_536, false)]
    [InlineData(65_537, true)]
    [InlineData(65_537, false)]
    [InlineData(300_000, true)]
    [InlineData(300_000, false)]
    public async Task An_answer_as_long_as_is_allowed_is_read_whole(int length, bool isTold)
    {
        await using var atlas = new ApiUnderTest(
            _ => Answer(length, isTold), options => options with { MaxAnswerBytes = length });

        var completed = Assert.IsType<PollAnswer.Completed>(await atlas.PollAsync());

        Assert.Equal("https://h/" + Path(length), Assert.Single(completed.Outputs));
        Assert.IsType<PollAnswer.Completed>(await atlas.PollAsync());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(16_384, true)]
    [InlineData(16_384, false)]
    [InlineData(16_385, true)]
    [InlineData(16_385, false)]
    [InlineData(65_536, true)]
    [InlineData(65_536, false)]
    [InlineData(65_537, true)]
    [InlineData(65_537, false)]
    [InlineData(300_000, true)]
    [InlineData(300_000, false)]
    public async Task An_answer_of_one_byte_more_is_none(int length, bool isTold)
    {
        await using var atlas = new ApiUnderTest(
            _ => Answer(length, isTold), options => options with { MaxAnswerBytes = length - 1 });

        var silent = Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());

        Assert.Contains("the answer was too long", silent.Failure.Message, StringComparison.Ordinal);
    }

    private static string Path(int length) => string.Concat(Enumerable.Range(0, length)
        .Select(at => (char)('a' + (at % 26))))[..(length - Beginning.Length - End.Length)];

    private static Reply Answer(int length, bool isTold)
    {
        var json = Beginning + Path(length) + End;
        return isTold ? Reply.Json(200, json) : Reply.Json(200, Chunked(json)).With("Transfer-Encoding", "chunked");
    }

    private static string Chunked(string text)
    {
        var chunks = new StringBuilder();
        foreach (var chunk in text.Chunk(7001))
            chunks.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n{new string(chunk)}\r\n");
        return chunks.Append("0\r\n\r\n").ToString();
    }
}
