using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>
/// Every error that Atlas, what stands before it, or one of its clients has shown, as it comes over the wire, and what
/// it means: to a submission, to a poll, and to a question that costs nothing.
/// </summary>
public sealed class ErrorContractSpecs
{
    private const string Slow = "not taken, slow down";
    private const string Passing = "not taken, passing";
    private const string Refused = "refused for good";
    private const string Key = "key refused";
    private const string Broke = "out of balance";
    private const string Doubt = "in doubt";
    private const string NoWord = "no word";
    private const string NotKnown = "not known";

    public static TheoryData<string, int, string, string, string, string> Forms => new()
    {
        {
            "bad request", 400, """{"code":400,"msg":"bad request","request_id":"r","data":null}""",
            Refused, NotKnown, Refused
        },
        { "a bad field, without an envelope", 400, "Invalid request parameters", Refused, NotKnown, Refused },
        {
            "a bad field, with HTTP 200", 200, """{"code":400,"msg":"Invalid request parameters"}""",
            Refused, NotKnown, Refused
        },
        {
            "a word for a code", 400, """{"code":"INVALID_ARGUMENT","message":"duration"}""",
            Refused, NotKnown, Refused
        },
        {
            "a word for a code, with HTTP 200", 200, """{"code":"INVALID_ARGUMENT","message":"duration"}""",
            Refused, NotKnown, Refused
        },
        {
            "a missing field at the quote", 200, """{"code":"invalid_param","message":"image is required"}""",
            Refused, NotKnown, Refused
        },
        {
            "the key, as documented", 401, """{"code":401,"msg":"unauthorized","request_id":"r","data":null}""",
            Key, Key, Key
        },
        { "the key, with HTTP 200", 200, """{"code":401,"message":"unauthorized"}""", Key, Key, Key },
        { "the key, code as a text", 200, """{"code":"401","msg":"unauthorized"}""", Key, Key, Key },
        {
            "the key, at the billing endpoints", 401,
            """{"error":{"type":"authentication_error","code":"invalid_api_key","message":"no","param":null},"request_id":"r"}""",
            Key, Key, Key
        },
        {
            "the same with HTTP 200", 200,
            """{"error":{"type":"authentication_error","code":"invalid_api_key","message":"bad key"},"request_id":"req_1"}""",
            Key, Key, Key
        },
        {
            "bad dates, at the billing endpoints", 400,
            """{"error":{"type":"invalid_request_error","code":"invalid_date_range","message":"180 days"},"request_id":"req_1"}""",
            Refused, NotKnown, Refused
        },
        { "no balance", 402, """{"code":402,"msg":"insufficient balance","data":null}""", Broke, NoWord, Broke },
        { "no balance, with HTTP 200", 200, """{"code":402,"message":"insufficient balance"}""", Broke, NoWord, Broke },
        { "the spending limit", 403, """{"code":403,"msg":"reached its monthly spending limit"}""", Key, Key, Key },
        { "the firewall", 403, "<html>error code: 1010</html>", Key, Key, Key },
        {
            "an unknown model, or prediction", 404, """{"code":404,"msg":"not found","data":null}""",
            Refused, NotKnown, Refused
        },
        { "the same with HTTP 200", 200, """{"code":404,"msg":"not found","data":null}""", Refused, NotKnown, Refused },
        { "a body of more than 50 MB", 413, "<html>Request Entity Too Large</html>", Refused, NoWord, Refused },
        { "unprocessable", 422, """{"code":422,"message":"bad duration"}""", Refused, NoWord, Refused },
        { "unprocessable, with HTTP 200", 200, """{"code":422,"message":"bad duration"}""", Refused, NoWord, Refused },
        { "too many requests", 429, """{"code":429,"msg":"rate limit"}""", Slow, NoWord, NoWord },
        { "too many requests, with HTTP 200", 200, """{"code":429,"msg":"rate limit"}""", Slow, NoWord, NoWord },
        { "too many requests, a page", 429, "<html>slow down</html>", Slow, NoWord, NoWord },
        { "not in this region", 451, """{"code":451,"msg":"blocked"}""", Refused, NoWord, Refused },
        {
            "internal, in Atlas's envelope", 500,
            """{"code":500,"msg":"internal error","request_id":"r","data":null}""", Passing, NoWord, NoWord
        },
        {
            "the same with HTTP 200", 200, """{"code":500,"message":"internal error","data":null}""",
            Passing, NoWord, NoWord
        },
        { "internal, with data", 500, """{"code":500,"msg":"internal error","data":{}}""", Doubt, NoWord, NoWord },
        { "internal, a page", 500, "<html>Internal Server Error</html>", Doubt, NoWord, NoWord },
        {
            "a model that has no price", 500,
            """{"code":500,"message":"failed to evaluate price: expression compile failed","data":null}""",
            Passing, NoWord, Refused
        },
        { "a gateway's page", 502, "<html>Bad gateway</html>", Doubt, NoWord, NoWord },
        {
            "unavailable, in Atlas's envelope", 503, """{"code":503,"msg":"busy","data":null}""",
            Passing, NoWord, NoWord
        },
        { "unavailable, a page", 503, "<html>Service Temporarily Unavailable</html>", Doubt, NoWord, NoWord },
        { "sync mode waited too long", 504, """{"code":504,"msg":"timeout","data":null}""", Doubt, NoWord, NoWord },
        {
            "an error of the usual AI form", 400,
            """{"error":{"message":"bad","type":"invalid_request_error","code":"x"}}""", Refused, NotKnown, Refused
        },
        { "error as a text", 503, """{"error":"no capacity"}""", Passing, NoWord, NoWord },
    };

    [Theory]
    [InlineData("""{"code":400,"msg":"bad request","request_id":"req-8","data":null}""")]
    [InlineData("""{"error":{"type":"invalid_request_error","message":"bad"},"request_id":"req-8"}""")]
    public async Task Without_the_header_the_request_is_named_by_the_body(string body)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Of(400, body));
        Assert.Equal("req-8", Answers.FailureOf(await atlas.SubmitAsync()).RequestId);
        Assert.Equal("req-8", Answers.FailureOf(await atlas.PollAsync()).RequestId);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task An_error_means(
        string form, int status, string body, string submitted, string polled, string asked)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Of(status, body).With("X-Request-ID", "req-7"));
        var submit = await atlas.SubmitAsync();
        Assert.True(submitted == Meaning.Of(submit), $"{form}, to a submission: {Meaning.Of(submit)}");
        var poll = await atlas.PollAsync();
        Assert.True(polled == Meaning.Of(poll), $"{form}, to a poll: {Meaning.Of(poll)}");
        var quote = await atlas.AskAsync(api => api.Inquiries.QuoteAsync("{}", CancellationToken.None));
        Assert.True(asked == Meaning.Of(quote, Meaning.Of), $"{form}, to a question: {Meaning.Of(quote, Meaning.Of)}");
        Assert.All([Answers.FailureOf(submit), Answers.FailureOf(poll), Answers.FailureOf(quote)], failure =>
        {
            Assert.Equal("req-7", failure.RequestId);
            Assert.EndsWith(" (request req-7)", failure.WithRequest(), StringComparison.Ordinal);
        });
    }
}
