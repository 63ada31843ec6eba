using AtlasActors.Atlas;
using Xunit;
using static AtlasActors.Tests.Atlas.Answers;

namespace AtlasActors.Tests.Atlas;

public sealed class SubmitAnswerSpecs
{
    [Theory]
    [InlineData("""{"code":200,"message":"","data":{"id":"X","model":"m","outputs":null,"urls":{"get":"https://h/p/X"},"status":"processing"}}""")]
    [InlineData("""{"code":"200","data":{"id":"X","status":"starting"}}""")]
    [InlineData("""{"data":{"id":"X"}}""")]
    [InlineData("""{"data":{"data":{"id":"X"}}}""")]
    [InlineData("""{"id":"X","status":"created","model":"m","created_at":"t"}""")]
    [InlineData("""{"id":"X","urls":{"result":"https://h/r/X","cancel":"c"},"status":"queued","input":{}}""")]
    [InlineData("""{"data":{"prediction_id":"X"}}""")]
    [InlineData("""{"data":{"predictionId":"X"}}""")]
    [InlineData("""{"predictionId":"X"}""")]
    [InlineData("""{"prediction_id":"X"}""")]
    [InlineData("""{"request_id":"X"}""")]
    [InlineData("""{"request_id":"X","status":"pending"}""")]
    [InlineData("""{"data":{"request_id":"X"}}""")]
    [InlineData("""{"data":{"id":"X"},"id":"other","request_id":"trace"}""")]
    [InlineData("""{"data":{"id":""},"id":"X"}""")]
    [InlineData("""{"data":{"id":"X"},"message":"cut within a sign \ud83d"}""")]
    [InlineData("\uFEFF{\"id\":\"X\"}")]
    public void An_id_in_any_form_means_taken(string body)
    {
        var accepted = Assert.IsType<SubmitAnswer.Accepted>(Submitted(200, body));
        Assert.Equal("X", accepted.Prediction.Id);
        Assert.Null(accepted.Immediate);
    }

    [Fact]
    public void A_numeric_id_is_an_id()
    {
        var accepted = Assert.IsType<SubmitAnswer.Accepted>(Submitted(201, """{"data":{"id":17}}"""));
        Assert.Equal("17", accepted.Prediction.Id);
    }

    [Theory]
    [InlineData("""{"data":{"id":"X","urls":{"get":"https://h/g"}}}""", "https://h/g")]
    [InlineData("""{"id":"X","urls":{"result":"https://h/r","cancel":"https://h/c"}}""", "https://h/r")]
    [InlineData("""{"id":"X","urls":{"result":"https://h/r","get":"https://h/g"}}""", "https://h/g")]
    [InlineData("""{"id":"X","urls":{"cancel":"https://h/c"}}""", null)]
    [InlineData("""{"id":"X","urls":"https://h/c"}""", null)]
    public void Where_to_ask_is_taken_from_the_answer(string body, string? pollUrl) =>
        Assert.Equal(pollUrl, Assert.IsType<SubmitAnswer.Accepted>(Submitted(200, body)).Prediction.PollUrl);

    [Fact]
    public void An_answer_of_sync_mode_tells_the_end_at_once()
    {
        var accepted = Assert.IsType<SubmitAnswer.Accepted>(Submitted(200,
            """
            {"code":200,"data":{"id":"X","status":"completed",
            "outputs":["data:image/png;base64,AA=="],"price":"0.01"}}
            """));
        var completed = Assert.IsType<PollAnswer.Completed>(accepted.Immediate);
        Assert.Equal(["data:image/png;base64,AA=="], completed.Outputs);
        Assert.Equal(0.01m, completed.Price);
    }

    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"X","status":"failed","error":"no"}}""")]
    [InlineData(500, """{"code":500,"message":"Generation failed","data":{"id":"X","status":"failed"}}""")]
    [InlineData(400, """{"code":400,"data":{"id":"X","status":"failed","error":"no"}}""")]
    public void A_job_that_failed_at_once_was_taken_all_the_same(int status, string body)
    {
        var accepted = Assert.IsType<SubmitAnswer.Accepted>(Submitted(status, body));
        Assert.IsType<PollAnswer.Failed>(accepted.Immediate);
    }

    [Theory]
    [InlineData("""{"id":"X","status":"success"}""")]
    [InlineData("""{"data":{"id":"X","status":"completed","outputs":[]}}""")]
    [InlineData("""{"status":"success","data":{"id":"X"}}""")]
    public void A_success_without_outputs_may_be_that_of_the_submission(string body) =>
        Assert.Null(Assert.IsType<SubmitAnswer.Accepted>(Submitted(200, body)).Immediate);

    [Theory]
    [InlineData(200, """{"code":500,"message":"trouble","data":{"id":"X"}}""")]
    [InlineData(200, """{"code":402,"message":"balance","data":{"id":"X"}}""")]
    [InlineData(502, """{"code":502,"data":{"id":"X"}}""")]
    [InlineData(500, """{"prediction_id":"X"}""")]
    public void An_id_beside_an_error_counts_because_asking_is_free_and_submitting_is_not(int status, string body) =>
        Assert.Equal("X", Assert.IsType<SubmitAnswer.Accepted>(Submitted(status, body)).Prediction.Id);

    [Theory]
    [InlineData(401, """{"code":401,"msg":"unauthorized","request_id":"trace","data":null}""", typeof(SubmitAnswer.KeyRefused))]
    [InlineData(503, """{"code":503,"msg":"busy","request_id":"trace","data":null}""", typeof(SubmitAnswer.NotTaken))]
    [InlineData(400, """{"id":"err_1","error":{"message":"bad"}}""", typeof(SubmitAnswer.Rejected))]
    [InlineData(200, """{"code":200,"request_id":"trace","data":null}""", typeof(SubmitAnswer.Unknown))]
    [InlineData(200, """{"code":429,"request_id":"trace"}""", typeof(SubmitAnswer.RateLimited))]
    public void The_trace_of_a_request_is_no_id(int status, string body, Type kind) =>
        Assert.IsType(kind, Submitted(status, body));

    [Theory]
    [InlineData(429, "{}")]
    [InlineData(429, "<html>slow down</html>")]
    [InlineData(429, "")]
    [InlineData(200, """{"code":429,"msg":"rate limit"}""")]
    [InlineData(200, """{"code":"429","msg":"rate limit"}""")]
    [InlineData(429, """{"code":500,"msg":"rate limit"}""")]
    public void A_rate_limit_is_one_in_any_form_and_keeps_its_wait(int status, string body)
    {
        var limited = Assert.IsType<SubmitAnswer.RateLimited>(Submitted(status, body, TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(5), limited.RetryAfter);
    }

    [Theory]
    [InlineData(401, """{"code":401,"msg":"unauthorized","data":null}""")]
    [InlineData(403, """{"code":403,"msg":"reached its monthly spending limit"}""")]
    [InlineData(200, """{"code":401,"message":"unauthorized"}""")]
    [InlineData(403, "<html>error 1010</html>")]
    [InlineData(401, "")]
    public void A_refused_key_is_one_in_any_form(int status, string body) =>
        Assert.IsType<SubmitAnswer.KeyRefused>(Submitted(status, body));

    [Theory]
    [InlineData(402, """{"code":402,"msg":"insufficient balance"}""")]
    [InlineData(200, """{"code":402,"msg":"insufficient balance","data":null}""")]
    [InlineData(500, """{"code":402,"msg":"insufficient balance","data":null}""")]
    public void An_empty_balance_is_one_in_any_form(int status, string body) =>
        Assert.IsType<SubmitAnswer.OutOfBalance>(Submitted(status, body));

    [Theory]
    [InlineData(400, """{"code":400,"msg":"Invalid request parameters"}""")]
    [InlineData(400, "Invalid request parameters")]
    [InlineData(404, "<html>not found</html>")]
    [InlineData(413, "")]
    [InlineData(422, """{"code":"INVALID_ARGUMENT","error":{"message":"duration"}}""")]
    [InlineData(451, "{}")]
    [InlineData(200, """{"code":422,"message":"bad duration"}""")]
    [InlineData(200, """{"code":"INVALID_ARGUMENT","message":"bad duration","data":null}""")]
    [InlineData(200, """{"code":1039,"message":"rejected","data":null}""")]
    [InlineData(500, """{"code":500,"message":"Input Prompt violates policy","data":null}""")]
    [InlineData(500, """{"code":1039,"message":"rejected","data":null}""")]
    public void What_would_be_refused_again_is_rejected(int status, string body) =>
        Assert.IsType<SubmitAnswer.Rejected>(Submitted(status, body));

    [Theory]
    [InlineData(500, """{"code":500,"msg":"internal error","data":null}""")]
    [InlineData(503, """{"code":503,"message":"busy"}""")]
    [InlineData(500, """{"msg":"internal error"}""")]
    [InlineData(502, """{"error":"no capacity"}""")]
    [InlineData(503, """{"error":{"type":"x","message":"no capacity"}}""")]
    [InlineData(200, """{"code":503,"message":"busy","data":null}""")]
    public void Atlas_s_own_error_without_data_means_not_taken(int status, string body) =>
        Assert.IsType<SubmitAnswer.NotTaken>(Submitted(status, body));

    [Theory]
    [InlineData(500, """{"code":500,"msg":"trouble","data":{"status":"failed"}}""")]
    [InlineData(500, """{"code":500,"msg":"trouble","data":{}}""")]
    [InlineData(500, """{"message":"Internal server error"}""")]
    [InlineData(500, "{}")]
    [InlineData(500, "")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, "upstream connect error")]
    [InlineData(504, """{"code":504,"msg":"sync wait is over","data":null}""")]
    [InlineData(200, """{"code":504,"msg":"sync wait is over","data":null}""")]
    [InlineData(408, """{"code":408,"msg":"request timeout"}""")]
    [InlineData(200, "<html>welcome</html>")]
    [InlineData(200, "")]
    [InlineData(200, "{")]
    [InlineData(200, "[]")]
    [InlineData(200, "null")]
    [InlineData(200, """{"code":200,"data":{"status":"processing"}}""")]
    [InlineData(200, """{"data":{"id":null}}""")]
    [InlineData(200, """{"data":{"id":".."}}""")]
    [InlineData(200, """{"data":{"id":{"x":1}}}""")]
    [InlineData(200, """{"data":{"id":"\ud800"}}""")]
    [InlineData(204, "")]
    [InlineData(302, "")]
    [InlineData(200, """{"code":1500,"message":"odd","data":{"x":1}}""")]
    public void What_leaves_it_open_is_unknown(int status, string body) =>
        Assert.IsType<SubmitAnswer.Unknown>(Submitted(status, body));

    [Fact]
    public void Nesting_beyond_reason_is_unknown() =>
        Assert.IsType<SubmitAnswer.Unknown>(
            Submitted(200, string.Concat(Enumerable.Repeat("{\"data\":", 100)) + "1" + new string('}', 100)));

    [Theory]
    [InlineData(401, """{"code":401,"msg":"unauthorized"}""",
        "Atlas Cloud refused the API key (HTTP 401: unauthorized). Check ATLASCLOUD_API_KEY.")]
    [InlineData(403, "<html>error 1010</html>",
        "A firewall in front of Atlas Cloud refused the request (HTTP 403, a web page). "
        + "Check the network and any proxy.")]
    [InlineData(200, """{"code":402,"msg":"insufficient balance."}""",
        "The Atlas Cloud balance is used up (HTTP 200, code 402: insufficient balance). Pay in, then go on.")]
    [InlineData(400, """{"code":400,"msg":"Invalid request parameters"}""",
        "Atlas Cloud refused the job (HTTP 400: Invalid request parameters). Check the model and the parameters.")]
    [InlineData(400, """{"code":400,"message":"Input Prompt violates policy"}""",
        "Atlas Cloud refused the job (HTTP 400: Input Prompt violates policy). Change the prompt or the input.")]
    [InlineData(502, "<html></html>", "It is not known whether Atlas Cloud took the job (HTTP 502, a web page).")]
    [InlineData(500, "", "It is not known whether Atlas Cloud took the job (HTTP 500, an empty body).")]
    public void A_failure_is_a_sentence_with_what_to_do(int status, string body, string sentence)
    {
        var failure = FailureOf(Submitted(status, body));
        Assert.Equal(sentence, failure.Message);
        Assert.Equal(status, failure.HttpStatus);
        Assert.Equal("req_1", failure.RequestId);
    }
}
