using AtlasActors.Atlas;
using Xunit;
using static AtlasActors.Tests.Atlas.Answers;

namespace AtlasActors.Tests.Atlas;

public sealed class PollAnswerSpecs
{
    [Theory]
    [InlineData("created")]
    [InlineData("queued")]
    [InlineData("pending")]
    [InlineData("starting")]
    [InlineData("submitted")]
    [InlineData("processing")]
    [InlineData("running")]
    [InlineData("Processing")]
    [InlineData("awaiting_moonrise")]
    public void A_job_that_is_not_at_its_end_is_running_with_its_word(string word)
    {
        Assert.Equal(new PollAnswer.Running(word), Polled(200, $$$"""{"code":200,"data":{"status":"{{{word}}}"}}"""));
        Assert.Equal(new PollAnswer.Running(word), Polled(200, $$"""{"status":"{{word}}"}"""));
        Assert.Equal(new PollAnswer.Running(word), Polled(500, $$$"""{"code":500,"data":{"status":"{{{word}}}"}}"""));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("succeeded")]
    [InlineData("success")]
    [InlineData("complete")]
    [InlineData("done")]
    [InlineData("COMPLETED")]
    public void A_job_that_is_done_has_its_outputs(string word) => Assert.Equal(["https://h/1.png"],
        Completed($$$"""{"data":{"status":"{{{word}}}","outputs":["https://h/1.png"]}}""").Outputs);

    [Theory]
    [InlineData("""{"data":{"status":"completed","outputs":["https://h/1","https://h/2"]}}""", "https://h/1 https://h/2")]
    [InlineData("""{"data":{"status":"completed","outputs":[{"url":"https://h/1"},{"download_url":"https://h/2"},{"output":"https://h/3"},{"uri":"https://h/4"}]}}""", "https://h/1 https://h/2 https://h/3 https://h/4")]
    [InlineData("""{"data":{"status":"completed","outputs":["data:image/png;base64,AA=="]}}""", "data:image/png;base64,AA==")]
    [InlineData("""{"data":{"status":"completed","outputs":"https://h/1"}}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","outputs":null,"output":"https://h/1"}}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","outputs":[],"output":["https://h/1","https://h/2"]}}""", "https://h/1 https://h/2")]
    [InlineData("""{"data":{"status":"completed","output":{"image_url":"https://h/1"}}}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","output":{"video_url":"https://h/1"}}}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","output":{"url":"https://h/1"}}}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","url":"https://h/1"}}""", "https://h/1")]
    [InlineData("""{"data":{"data":{"status":"completed","outputs":["https://h/1"]}}}""", "https://h/1")]
    [InlineData("""{"status":"completed","data":{"outputs":["https://h/1"]}}""", "https://h/1")]
    [InlineData("""{"status":"completed","output":{"image_url":"https://h/1"}}""", "https://h/1")]
    [InlineData("""{"status":"completed","output":{"video_url":"https://h/1"}}""", "https://h/1")]
    [InlineData("""{"id":"X","status":"succeeded","outputs":["http://h/1"]}""", "http://h/1")]
    [InlineData("""{"status":"completed","url":" https://h/1 "}""", "https://h/1")]
    [InlineData("""{"data":{"status":"completed","outputs":[{"text":"words"},{"flagged":true}]}}""", "data:text/plain;charset=utf-8;base64,d29yZHM= data:application/json;charset=utf-8;base64,eyJmbGFnZ2VkIjp0cnVlfQ==")]
    [InlineData("""{"data":{"status":"completed","outputs":[{"text":"a","words":[]}]}}""", "data:text/plain;charset=utf-8;base64,YQ== data:application/json;charset=utf-8;base64,eyJ0ZXh0IjoiYSIsIndvcmRzIjpbXX0=")]
    [InlineData("""{"data":{"status":"completed","outputs":["see https://h/1"]}}""", "data:text/plain;charset=utf-8;base64,c2VlIGh0dHBzOi8vaC8x")]
    [InlineData("""{"data":{"status":"completed","outputs":["ftp://h/1","file:///x",null,7]}}""", "")]
    [InlineData("""{"data":{"status":"completed"}}""", "")]
    public void Outputs_are_found_in_every_form_and_order(string body, string outputs) =>
        Assert.Equal(outputs, string.Join(' ', Completed(body).Outputs));

    [Theory]
    [InlineData("\"0.75\"", "0.75")]
    [InlineData("0.75", "0.75")]
    [InlineData("\"0.052000\"", "0.052000")]
    [InlineData("5e-2", "0.05")]
    [InlineData("0", "0")]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"free\"", null)]
    [InlineData("-1", null)]
    [InlineData("1e99", null)]
    [InlineData("{}", null)]
    public void The_price_is_a_number_or_a_text(string price, string? amount)
    {
        var expected = amount is null ? (decimal?)null : decimal.Parse(amount);
        Assert.Equal(expected, Completed($$$"""{"data":{"status":"completed","price":{{{price}}}}}""").Price);
        Assert.Equal(expected, Completed($$"""{"status":"completed","price":{{price}}}""").Price);
    }

    [Theory]
    [InlineData(200, """{"code":200,"data":{"status":"failed","error":"out of luck"}}""", "The generation failed: out of luck.")]
    [InlineData(200, """{"code":200,"data":{"status":"FAILED","error":{"message":"out of luck."}}}""", "The generation failed: out of luck.")]
    [InlineData(200, """{"code":200,"data":{"status":"error"}}""", "The generation failed.")]
    [InlineData(200, """{"data":{"status":"timeout"}}""", "The generation timed out at Atlas Cloud.")]
    [InlineData(200, """{"data":{"status":"canceled"}}""", "The generation was cancelled at Atlas Cloud.")]
    [InlineData(200, """{"data":{"status":"cancelled"}}""", "The generation was cancelled at Atlas Cloud.")]
    [InlineData(200, """{"status":"failed","error":"out of luck"}""", "The generation failed: out of luck.")]
    [InlineData(500, """{"status":"failed","error":"out of luck"}""", "The generation failed: out of luck.")]
    [InlineData(500, """{"id":"X","status":"error","error":"out of luck"}""", "The generation failed: out of luck.")]
    [InlineData(500, """{"code":500,"message":"Generation failed: task processing failed (code: generation_failed)","data":{"status":"failed","outputs":null,"executionTime":0}}""", "The generation failed: Generation failed: task processing failed (code: generation_failed).")]
    [InlineData(500, """{"code":500,"message":"Generation failed: task processing failed","data":null}""", "The generation failed: Generation failed: task processing failed.")]
    [InlineData(200, """{"code":500,"message":"generation failed","data":null}""", "The generation failed: generation failed.")]
    [InlineData(500, """{"code":500,"msg":"no (code: generation_failed)"}""", "The generation failed: no (code: generation_failed).")]
    [InlineData(500, """{"code":"generation_failed","msg":"no"}""", "The generation failed: no.")]
    [InlineData(404, """{"code":404,"data":{"status":"failed"}}""", "The generation failed.")]
    public void A_failed_job_is_one_in_any_form_and_may_be_tried_again(int status, string body, string sentence)
    {
        var failed = Assert.IsType<PollAnswer.Failed>(Polled(status, body));
        Assert.False(failed.IsFinal);
        Assert.Equal(sentence, failed.Failure.Message);
    }

    [Theory]
    [InlineData(200, """{"code":200,"data":{"status":"failed","error":"rejected","error_code":1039}}""", "1039")]
    [InlineData(200, """{"code":200,"data":{"status":"failed","error":"rejected","error_code":"1039"}}""", "1039")]
    [InlineData(500, """{"code":500,"data":{"error_code":1039}}""", "1039")]
    [InlineData(200, """{"data":{"status":"failed","error_code":400}}""", "400")]
    [InlineData(200, """{"data":{"status":"failed","error_code":422}}""", "422")]
    [InlineData(200, """{"code":400,"data":{"status":"failed"}}""", "400")]
    [InlineData(200, """{"code":422,"data":{"status":"failed"}}""", "422")]
    [InlineData(500, """{"code":500,"message":"Input Prompt violates policy","data":null}""", "500")]
    [InlineData(200, """{"code":1039,"message":"rejected","data":null}""", "1039")]
    [InlineData(200, """{"data":{"status":"failed","error":"Input Prompt violates policy"}}""", null)]
    [InlineData(500, """{"code":500,"message":"Your input or generated content was blocked by safety review. Please revise your input and try again. (code: generation_failed)","data":{"status":"failed"}}""", "500")]
    [InlineData(200, """{"data":{"status":"failed","error":"The prompt is blocked due to prohibited contents"}}""", null)]
    [InlineData(200, """{"data":{"status":"failed","error":"Content suspected of infringing digital rights"}}""", null)]
    public void What_would_fail_again_is_final(int status, string body, string? code)
    {
        var failed = Assert.IsType<PollAnswer.Failed>(Polled(status, body));
        Assert.True(failed.IsFinal);
        Assert.Equal(code, failed.Failure.Code);
    }

    [Fact]
    public void A_system_error_is_not_final() => Assert.False(Assert.IsType<PollAnswer.Failed>(
        Polled(200, """{"data":{"status":"failed","error":"system error, unknown error"}}""")).IsFinal);

    [Theory]
    [InlineData(500, """{"code":500,"message":"internal error","data":null}""")]
    [InlineData(500, """{"code":500,"message":"internal error","data":{"outputs":null,"error_code":0}}""")]
    [InlineData(500, "<html>oops</html>")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, """{"code":503,"msg":"busy"}""")]
    [InlineData(504, "")]
    [InlineData(429, """{"code":429,"msg":"rate limit"}""")]
    [InlineData(200, """{"code":429,"msg":"rate limit"}""")]
    [InlineData(402, """{"code":402,"msg":"balance"}""")]
    [InlineData(200, "<html>welcome</html>")]
    [InlineData(200, "")]
    [InlineData(200, """{"data":{"status":"comp""")]
    [InlineData(200, """{"data":{"status":7}}""")]
    [InlineData(200, """{"data":{"status":"\ud800"}}""")]
    [InlineData(200, """{"status":"success","data":{"id":"X"}}""")]
    [InlineData(200, """{"code":200,"data":null}""")]
    [InlineData(500, """{"status":"error","message":"oops"}""")]
    [InlineData(503, """{"status":"failed","message":"oops"}""")]
    [InlineData(302, "")]
    public void What_says_nothing_of_the_job_is_unanswered(int status, string body)
    {
        var unanswered = Assert.IsType<PollAnswer.Unanswered>(Polled(status, body, TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(3), unanswered.RetryAfter);
    }

    [Theory]
    [InlineData(404, """{"code":404,"msg":"not found","data":null}""")]
    [InlineData(400, """{"code":400,"msg":"bad request"}""")]
    [InlineData(405, "")]
    [InlineData(410, "")]
    [InlineData(404, "<html>not found</html>")]
    [InlineData(200, """{"code":404,"msg":"not found","data":null}""")]
    [InlineData(404, """{"status":"error","message":"not found"}""")]
    [InlineData(404, """{"status":"failed","request_id":"trace"}""")]
    public void What_does_not_know_the_prediction_is_not_found(int status, string body) =>
        Assert.IsType<PollAnswer.NotFound>(Polled(status, body));

    [Theory]
    [InlineData(401, """{"code":401,"msg":"unauthorized","data":null}""")]
    [InlineData(403, "<html>blocked</html>")]
    [InlineData(200, """{"code":"401","msg":"unauthorized"}""")]
    [InlineData(401, """{"status":"error","message":"unauthorized"}""")]
    public void A_refusal_is_a_refused_key(int status, string body) =>
        Assert.IsType<PollAnswer.KeyRefused>(Polled(status, body));

    private static PollAnswer.Completed Completed(string body) =>
        Assert.IsType<PollAnswer.Completed>(Polled(200, body));
}
