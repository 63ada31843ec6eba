using System.Text;
using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class AnswerReaderSpecs
{
    private const string Body =
        """
        {"code":500,"message":"Generation failed \ud83d\ude00","request_id":"t","data":{"id":"X","status":"failed",
        "output":{"url":["https://h/1"]},"error":{"message":"m","code":1},"error_code":1039,"price":"0.7",
        "urls":{"get":"https://h"}}}
        """;

    [Fact]
    public void No_damage_to_an_answer_makes_the_reader_throw()
    {
        var chance = new Random(20261121);
        var reader = new AnswerReader(new ServerText(Answers.Key));
        int[] statuses = [100, 200, 204, 302, 400, 401, 404, 429, 500, 502, 504, 599];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Body).ToList();
            for (var damage = chance.Next(4); damage >= 0 && bytes.Count > 0; damage--)
                Damage(bytes, chance);
            var answer = new HttpAnswer(statuses[chance.Next(statuses.Length)], null, null, null, bytes.ToArray());
            Assert.NotNull(reader.ReadSubmit(answer));
            Assert.NotNull(reader.ReadPoll(answer));
        }
    }

    [Fact]
    public void A_field_s_name_that_is_no_unicode_makes_the_answer_unreadable_and_nothing_worse() =>
        Assert.IsType<SubmitAnswer.Unknown>(Answers.Submitted(200, """{"\ud800":1,"dat\ud800":2}"""));

    [Fact]
    public void A_name_of_bytes_that_are_no_unicode_makes_the_answer_unreadable_and_nothing_worse()
    {
        byte[] body = [.. """{"data":{"status":"completed","outputs":[{"x"""u8, 0xFF, .. "\":1}]}}"u8];
        var answer = new HttpAnswer(200, "application/json", null, null, body);
        Assert.IsType<PollAnswer.Unanswered>(new AnswerReader(new ServerText(Answers.Key)).ReadPoll(answer));
    }

    [Fact]
    public void A_text_that_is_no_unicode_is_not_there_and_the_rest_of_the_answer_is()
    {
        var accepted = Assert.IsType<SubmitAnswer.Accepted>(Answers.Submitted(
            200, """{"code":200,"message":"\ud800","data":{"id":"p1","status":"processing"}}"""));
        Assert.Equal("p1", accepted.Prediction.Id);
    }

    private static void Damage(List<byte> bytes, Random chance)
    {
        var at = chance.Next(bytes.Count);
        switch (chance.Next(4))
        {
            case 0:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, chance.Next(1, 12)));
                break;
            case 1:
                bytes[at] = (byte)chance.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, Encoding.ASCII.GetBytes(
                    new[] { "null", "{", "}", "[1]", "\"\\ud800\"", "-1e999", "\"", "{}" }[chance.Next(8)]));
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
