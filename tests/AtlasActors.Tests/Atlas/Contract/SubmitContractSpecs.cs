using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>
/// Every answer to a submission that Atlas, its documentation or one of its clients has shown, as it comes over the
/// wire, and what the client makes of it. Errors have a table of their own.
/// </summary>
public sealed class SubmitContractSpecs
{
    private const string Get = "https://api.atlascloud.ai/api/v1/model/prediction/8ba2926c6bd642049f4d17dd68ea6785";

    public static TheoryData<string, int, string, string> Forms => new()
    {
        {
            "as the live service answers", 200,
            $$$"""
            {"code":200,"message":"","data":{"id":"8ba2926c6bd642049f4d17dd68ea6785",
            "model":"kwaivgi/kling-v3.0-pro/image-to-video","outputs":null,"urls":{"get":"{{{Get}}}"},"status":"processing"}}
            """,
            $"taken as 8ba2926c6bd642049f4d17dd68ea6785, asked for at {Get}"
        },
        {
            "the short envelope", 200, """{"code":200,"data":{"id":"pred_abc123","status":"starting"}}""",
            "taken as pred_abc123"
        },
        {
            "the code as a text", 200, """{"code":"200","data":{"id":"pred_abc123","status":"created"}}""",
            "taken as pred_abc123"
        },
        { "no code at all", 200, """{"data":{"id":"pred_abc123"}}""", "taken as pred_abc123" },
        { "data within data", 200, """{"code":200,"data":{"data":{"id":"pred_abc123"}}}""", "taken as pred_abc123" },
        {
            "flat, as the reference page", 200,
            """{"id":"prediction_abc123","status":"created","model":"m","created_at":"2026-01-01T00:00:00Z"}""",
            "taken as prediction_abc123"
        },
        {
            "flat, of early 2026", 200,
            """
            {"id":"p1","status":"queued","urls":{"result":"https://h/result/p1","cancel":"https://h/cancel/p1"},"model":"m",
            "input":{"prompt":"x"},"created_at":"t"}
            """,
            "taken as p1, asked for at https://h/result/p1"
        },
        {
            "flat, of the schema of December 2025", 200,
            """
            {"id":"p1","urls":{"cancel":"https://h/c","result":"https://h/r"},"model":"m","status":"processing","outputs":[],
            "created_at":"t","has_nsfw_contents":[false]}
            """,
            "taken as p1, asked for at https://h/r"
        },
        { "predictionId alone", 200, """{"predictionId":"p1"}""", "taken as p1" },
        { "prediction_id alone", 200, """{"prediction_id":"p1"}""", "taken as p1" },
        { "the tutorial's request_id", 200, """{"request_id":"p1"}""", "taken as p1" },
        { "prediction_id in data", 200, """{"code":200,"data":{"prediction_id":"p1"}}""", "taken as p1" },
        { "predictionId in data", 200, """{"code":200,"data":{"predictionId":"p1"}}""", "taken as p1" },
        { "request_id in data", 200, """{"code":200,"data":{"request_id":"p1"}}""", "taken as p1" },
        {
            "request_id in data beside the request's own", 200,
            """{"code":200,"request_id":"trace","data":{"request_id":"p1"}}""", "taken as p1"
        },
        { "a number as the id", 200, """{"code":200,"data":{"id":17}}""", "taken as 17" },
        { "HTTP 201", 201, """{"code":200,"data":{"id":"p1"}}""", "taken as p1" },
        { "a byte order mark before it", 200, "\uFEFF{\"id\":\"p1\"}", "taken as p1" },
        {
            "sync mode, with the outputs", 200,
            """{"code":200,"data":{"id":"p1","status":"completed","outputs":["https://h/1.png"],"price":"0.04"}}""",
            "taken as p1; made, https://h/1.png, charged 0.04"
        },
        {
            "sync and base64 mode", 200,
            """{"code":200,"data":{"id":"p1","status":"completed","outputs":["data:image/png;base64,iVBORw0KGgo="]}}""",
            "taken as p1; made, data:image/png;base64,iVBORw0KGgo="
        },
        {
            "sync mode, failed", 200, """{"code":200,"data":{"id":"p1","status":"failed","error":"no luck"}}""",
            "taken as p1; failed: The generation failed: no luck."
        },
        {
            "sync mode, failed as HTTP 500", 500,
            """{"code":500,"message":"Generation failed","data":{"id":"p1","status":"failed"}}""",
            "taken as p1; failed (500): The generation failed: Generation failed."
        },
        {
            "an id beside an error's code", 200, """{"code":500,"message":"trouble","data":{"id":"p1"}}""",
            "taken as p1"
        },
        { "an envelope without an id", 200, """{"code":200,"data":{"status":"processing"}}""", "in doubt" },
        { "only the request's own id", 200, """{"code":200,"request_id":"trace","data":null}""", "in doubt" },
        { "a success without a body", 200, "", "in doubt" },
        { "a success that is a page", 200, "<html>welcome</html>", "in doubt" },
        { "a success cut off", 200, """{"code":200,"data":{"id":"p""", "in doubt" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task An_answer_to_a_submission_means(string form, int status, string body, string meaning)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Of(status, body));
        var answer = await atlas.SubmitAsync();
        Assert.True(meaning == Meaning.Of(answer), $"{form}: {Meaning.Of(answer)}, and not {meaning}");
        Assert.Single(atlas.Server.Heard);
    }
}
