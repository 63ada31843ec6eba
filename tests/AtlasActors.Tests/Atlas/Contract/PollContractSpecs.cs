using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>
/// Every answer to a poll that Atlas, its documentation or one of its clients has shown, as it comes over the wire, and
/// what the client makes of it. Errors have a table of their own.
/// </summary>
public sealed class PollContractSpecs
{
    public static TheoryData<string, int, string, string> Running => new()
    {
        {
            "as the live service answers", 200,
            """{"code":200,"data":{"id":"p1","status":"processing","outputs":null}}""", "runs, processing"
        },
        { "created", 200, """{"code":200,"data":{"status":"created"}}""", "runs, created" },
        { "queued", 200, """{"code":200,"data":{"status":"queued"}}""", "runs, queued" },
        { "pending", 200, """{"code":200,"data":{"status":"pending"}}""", "runs, pending" },
        { "starting", 200, """{"code":200,"data":{"status":"starting"}}""", "runs, starting" },
        { "submitted", 200, """{"code":200,"data":{"status":"submitted"}}""", "runs, submitted" },
        {
            "running, with progress", 200, """{"code":200,"data":{"status":"running","progress":0.4}}""",
            "runs, running"
        },
        { "in capitals", 200, """{"code":200,"data":{"status":"PROCESSING"}}""", "runs, PROCESSING" },
        { "flat, as the tutorial", 200, """{"status":"processing","output":null,"error":null}""", "runs, processing" },
        { "a word that nobody knows", 200, """{"code":200,"data":{"status":"dreaming"}}""", "runs, dreaming" },
        { "a word within an error", 500, """{"code":500,"data":{"status":"processing"}}""", "runs, processing" },
    };

    public static TheoryData<string, int, string, string> Completed => new()
    {
        {
            "all fields that were seen", 200,
            """
            {"code":200,"message":"","data":{"id":"p1","model":"m","status":"completed","outputs":["https://h/1.png"],
            "urls":{"get":"https://h/p1"},"has_nsfw_contents":[false],"created_at":"t","completed_at":"t","executionTime":1200,
            "timings":{"inference":1200},"metrics":{"predict_time":45.2},"price":"0.75","error":""}}
            """,
            "made, https://h/1.png, charged 0.75"
        },
        {
            "succeeded", 200, """{"code":200,"data":{"status":"succeeded","outputs":["https://h/1"]}}""",
            "made, https://h/1"
        },
        {
            "success", 200, """{"code":200,"data":{"status":"success","outputs":["https://h/1"]}}""",
            "made, https://h/1"
        },
        {
            "complete", 200, """{"code":200,"data":{"status":"complete","outputs":["https://h/1"]}}""",
            "made, https://h/1"
        },
        { "done", 200, """{"code":200,"data":{"status":"Done","outputs":["https://h/1"]}}""", "made, https://h/1" },
        {
            "within an error", 500, """{"code":500,"data":{"status":"completed","outputs":["https://h/1"]}}""",
            "made, https://h/1"
        },
        {
            "without an envelope's code", 200, """{"data":{"status":"completed","outputs":["https://h/1"]}}""",
            "made, https://h/1"
        },
        { "flat", 200, """{"id":"p1","status":"completed","outputs":["https://h/1"]}""", "made, https://h/1" },
        {
            "several outputs", 200, """{"data":{"status":"completed","outputs":["https://h/1","https://h/2"]}}""",
            "made, https://h/1 https://h/2"
        },
        { "output as a text", 200, """{"data":{"status":"completed","output":"https://h/1"}}""", "made, https://h/1" },
        {
            "output as a list", 200, """{"data":{"status":"completed","output":["https://h/1"]}}""",
            "made, https://h/1"
        },
        { "url", 200, """{"data":{"status":"completed","url":"https://h/1"}}""", "made, https://h/1" },
        {
            "objects with url", 200, """{"data":{"status":"completed","outputs":[{"url":"https://h/1"}]}}""",
            "made, https://h/1"
        },
        {
            "objects with download_url", 200,
            """{"data":{"status":"completed","outputs":[{"download_url":"https://h/1"}]}}""", "made, https://h/1"
        },
        {
            "objects with output", 200, """{"data":{"status":"completed","outputs":[{"output":"https://h/1"}]}}""",
            "made, https://h/1"
        },
        {
            "objects with uri", 200, """{"data":{"status":"completed","outputs":[{"uri":"https://h/1"}]}}""",
            "made, https://h/1"
        },
        {
            "the tutorial's image", 200, """{"status":"completed","output":{"image_url":"https://h/1"}}""",
            "made, https://h/1"
        },
        {
            "the tutorial's video", 200, """{"status":"completed","output":{"video_url":"https://h/1"}}""",
            "made, https://h/1"
        },
        {
            "base64", 200, """{"data":{"status":"completed","outputs":["data:image/png;base64,AA=="]}}""",
            "made, data:image/png;base64,AA=="
        },
        { "no outputs", 200, """{"data":{"status":"completed","outputs":[]}}""", "made, nothing in it" },
        {
            "outputs of null, and a charge", 200, """{"data":{"status":"completed","outputs":null,"price":"0.04"}}""",
            "made, nothing in it, charged 0.04"
        },
        {
            "text, of a model that makes no media", 200,
            """{"data":{"status":"completed","outputs":[{"text":"hello"}]}}""",
            "made, data:text/plain;charset=utf-8;base64,aGVsbG8="
        },
        {
            "a transcript and its times", 200,
            """{"data":{"status":"completed","outputs":["hello"],"stt_result":{"text":"hello","duration":1}}}""",
            "made, data:text/plain;charset=utf-8;base64,aGVsbG8= data:application/json;charset=utf-8;base64,"
            + "eyJ0ZXh0IjoiaGVsbG8iLCJkdXJhdGlvbiI6MX0="
        },
        {
            "a verdict", 200, """{"data":{"status":"completed","outputs":[{"nsfw":false}]}}""",
            "made, data:application/json;charset=utf-8;base64,eyJuc2Z3IjpmYWxzZX0="
        },
        {
            "a verdict beside media", 200,
            """{"data":{"status":"completed","outputs":["https://h/1",{"nsfw":false}]}}""", "made, https://h/1"
        },
        {
            "a song in two tracks", 200,
            """{"data":{"status":"completed","outputs":["https://h/1.mp3","https://h/2.mp3"]}}""",
            "made, https://h/1.mp3 https://h/2.mp3"
        },
        {
            "the price as a number", 200, """{"data":{"status":"completed","outputs":["https://h/1"],"price":0.75}}""",
            "made, https://h/1, charged 0.75"
        },
        {
            "no price yet", 200, """{"data":{"status":"completed","outputs":["https://h/1"],"price":""}}""",
            "made, https://h/1"
        },
        {
            "flagged by one for all", 200,
            """{"data":{"status":"completed","outputs":["https://h/1"],"has_nsfw_contents":true}}""",
            "made, https://h/1, flagged"
        },
        {
            "flagged, one of two", 200,
            """{"data":{"status":"completed","outputs":["https://h/1"],"has_nsfw_contents":[false,true]}}""",
            "made, https://h/1, flagged"
        },
        {
            "flags of null", 200,
            """{"data":{"status":"completed","outputs":["https://h/1"],"has_nsfw_contents":null}}""",
            "made, https://h/1"
        },
    };

    public static TheoryData<string, int, string, string> Failed => new()
    {
        {
            "as documented", 200, """{"code":200,"data":{"id":"p1","status":"failed","error":"no luck"}}""",
            "failed: The generation failed: no luck."
        },
        {
            "as the live service answers", 500,
            """
            {"code":500,"message":"Generation failed: task processing failed (code: generation_failed)",
            "data":{"status":"failed","outputs":null,"executionTime":0,"timings":{"inference":0}}}
            """,
            "failed (500): The generation failed: Generation failed: task processing failed (code: generation_failed)."
        },
        {
            "the same with HTTP 200", 200,
            """{"code":500,"message":"Generation failed: no (code: generation_failed)","data":{"status":"failed"}}""",
            "failed (500): The generation failed: Generation failed: no (code: generation_failed)."
        },
        {
            "the error as an object", 200, """{"code":200,"data":{"status":"failed","error":{"message":"no luck"}}}""",
            "failed: The generation failed: no luck."
        },
        {
            "the error as a list", 200, """{"code":200,"data":{"status":"failed","error":[{"msg":"no luck"}]}}""",
            "failed: The generation failed: no luck."
        },
        { "no error told", 200, """{"code":200,"data":{"status":"failed"}}""", "failed: The generation failed." },
        { "error", 200, """{"code":200,"data":{"status":"error"}}""", "failed: The generation failed." },
        {
            "timeout", 200, """{"code":200,"data":{"status":"timeout"}}""",
            "failed: The generation timed out at Atlas Cloud."
        },
        {
            "canceled", 200, """{"code":200,"data":{"status":"canceled"}}""",
            "failed: The generation was cancelled at Atlas Cloud."
        },
        {
            "cancelled", 200, """{"code":200,"data":{"status":"CANCELLED"}}""",
            "failed: The generation was cancelled at Atlas Cloud."
        },
        {
            "flat, as the tutorial", 200, """{"status":"failed","output":null,"error":"no luck"}""",
            "failed: The generation failed: no luck."
        },
        {
            "moderation, by its code", 200,
            """{"code":200,"data":{"status":"failed","error":"rejected","error_code":1039}}""",
            "failed for good (1039): Atlas Cloud's moderation refused the job: rejected."
        },
        {
            "moderation, by its code as a text", 200, """{"code":200,"data":{"status":"failed","error_code":"1039"}}""",
            "failed for good (1039): Atlas Cloud's moderation refused the job."
        },
        {
            "moderation of the prompt, in words", 200,
            """{"code":200,"data":{"status":"failed","error":"Input Prompt violates policy"}}""",
            "failed for good: Atlas Cloud's moderation refused the job: Input Prompt violates policy."
        },
        {
            "moderation of what was made, in words", 500,
            """
            {"code":500,"message":"Your input or generated content was blocked by safety review. Please revise your input and try again.
            (code: generation_failed)","data":{"status":"failed"}}
            """.ReplaceLineEndings(" "),
            "failed for good (500): Atlas Cloud's moderation refused the job: Your input or generated content was blocked by "
            + "safety review. Please revise your input and try again. (code: generation_failed)."
        },
        {
            "moderation: prohibited", 200,
            """{"data":{"status":"failed","error":"The prompt is blocked due to prohibited contents"}}""",
            "failed for good: Atlas Cloud's moderation refused the job: The prompt is blocked due to prohibited contents."
        },
        {
            "moderation: rights", 200,
            """{"data":{"status":"failed","error":"Content suspected of infringing digital rights"}}""",
            "failed for good: Atlas Cloud's moderation refused the job: Content suspected of infringing digital rights."
        },
        {
            "trouble of Atlas's own", 200, """{"data":{"status":"failed","error":"system error, unknown error"}}""",
            "failed: The generation failed: system error, unknown error."
        },
    };

    [Theory]
    [MemberData(nameof(Running))]
    [MemberData(nameof(Completed))]
    [MemberData(nameof(Failed))]
    public async Task An_answer_to_a_poll_means(string form, int status, string body, string meaning)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Of(status, body));
        var answer = await atlas.PollAsync();
        Assert.True(meaning == Meaning.Of(answer), $"{form}: {Meaning.Of(answer)}, and not {meaning}");
        Assert.Single(atlas.Server.Heard);
    }
}
