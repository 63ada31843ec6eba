using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>
/// Every answer to an upload, a quote, and the lists of models and money that was shown anywhere, as it comes over the
/// wire, and what the client makes of it. Errors have a table of their own.
/// </summary>
public sealed class QuestionContractSpecs
{
    private const string Url = "https://atlas-img.oss-accelerate-overseas.aliyuncs.com/media/x.jpg";

    public static TheoryData<string, string, string> Uploads => new()
    {
        {
            "as the live service answers",
            $$$"""{"code":200,"message":"ok","data":{"type":"image","download_url":"{{{Url}}}","filename":"x.jpg","size":12}}""",
            $"{Url}, x.jpg, image, 12 bytes"
        },
        {
            "without a type", $$$"""{"code":200,"data":{"download_url":"{{{Url}}}","filename":"x.jpg","size":"12"}}""",
            $"{Url}, x.jpg, 12 bytes"
        },
        {
            "as the reference page",
            $$$"""{"data":{"download_url":"{{{Url}}}","file_name":"x.jpg","content_type":"image/jpeg","size":12}}""",
            $"{Url}, x.jpg, image/jpeg, 12 bytes"
        },
        { "url at the top", $$"""{"url":"{{Url}}"}""", Url },
        { "download_url at the top", $$"""{"download_url":"{{Url}}"}""", Url },
        { "url in data", $$$"""{"code":200,"data":{"url":"{{{Url}}}"}}""", Url },
        { "file_url in data", $$$"""{"code":200,"data":{"file_url":"{{{Url}}}"}}""", Url },
        { "data is the address", $$"""{"code":200,"data":"{{Url}}"}""", Url },
        { "no address", """{"code":200,"data":{"filename":"x.jpg"}}""", "no word" },
        { "an address that is none of the web", """{"code":200,"data":{"download_url":"file:///x.jpg"}}""", "no word" },
        {
            "an address of the wrong type", """{"code":200,"data":{"download_url":{"href":"https://h/x"}}}""",
            "no word"
        },
        { "a page", "<html>ok</html>", "no word" },
        { "nothing", "", "no word" },
    };

    public static TheoryData<string, string, string> Quotes => new()
    {
        {
            "as the live service answers",
            """{"code":200,"data":{"price":"0.052","origin_price":"0.065","discount":"80","estimated":false,"estimated_tokens":0}}""",
            "costs 0.052, listed at 0.065, 80 %"
        },
        {
            "numbers, and a currency",
            """{"data":{"price":0.052,"origin_price":0.065,"discount":80,"estimated":false,"currency":"USD"}}""",
            "costs 0.052, listed at 0.065, 80 %"
        },
        {
            "by tokens", """{"code":200,"data":{"price":"0.976","estimated":true,"estimated_tokens":108900}}""",
            "costs 0.976, an estimate of 108900 tokens"
        },
        {
            "with an input video", """{"code":200,"data":{"price":"0.976","estimated":true,"estimate_partial":true}}""",
            "costs 0.976, an estimate, without the input video"
        },
        { "nothing to pay", """{"code":200,"data":{"price":"0"}}""", "costs 0" },
        { "flat", """{"price":"0.052"}""", "costs 0.052" },
        { "no price", """{"code":200,"data":{"estimated":true}}""", "no word" },
        { "a price that is no number", """{"code":200,"data":{"price":"a lot"}}""", "no word" },
        { "another currency", """{"code":200,"data":{"price":"0.4","currency":"CNY"}}""", "no word" },
    };

    public static TheoryData<string, string, string> Models => new()
    {
        {
            "as the live service answers",
            """
            {"code":200,"data":[{"uuid":"u","model":"google/veo3.1/text-to-video","type":"Video","displayName":"Veo 3.1","tags":["new"],
            "schema":"https://static.atlascloud.ai/model/schema/x.json","categories":["TEXT-TO-VIDEO"],"organization":"Google",
            "display_console":true,"price":{"discount":"90","actual":{"base_price":"0.18"},"origin":{"base_price":"0.2"}}}]}
            """,
            "google/veo3.1/text-to-video, Video, TEXT-TO-VIDEO, 0.18 of 0.2 (90 %)"
        },
        { "the code as a text", """{"code":"200","data":[{"model":"m"}]}""", "m" },
        {
            "rows that are not shown", """{"code":200,"data":[{"model":"a","display_console":false},{"model":"b"}]}""",
            "b"
        },
        {
            "the price in words", """{"code":200,"data":[{"model":"m","price":{"sku":{"text":"$0.28 per second"}}}]}""",
            "m, \"$0.28 per second\""
        },
        { "the price at the top", """{"code":200,"data":[{"model":"m","basePrice":"0.03"}]}""", "m, 0.03" },
        {
            "rows that are none",
            """{"code":200,"data":[7,null,[],{"type":"Image"},{"model":""},{"model":"m","tags":"x"}]}""", "m"
        },
        { "none", """{"code":200,"data":[]}""", "no models" },
        { "no list", """{"code":200,"data":{}}""", "no word" },
    };

    public static TheoryData<string, string, string> Balances => new()
    {
        {
            "as the live service answers",
            """
            {"object":"balance","scope":"account","account":{"id":"a1","name":"Lisa","type":"personal"},
            "available":{"value":"125.500000","currency":"usd"},"cash":{"value":"100.000000","currency":"usd"},
            "bonus":{"value":"25.500000","currency":"usd"},"subscription_bonus":{"value":"0.000000","currency":"usd"},
            "frozen":{"value":"1.220000","currency":"usd"},"credit_grant":{"status":"active","granted":{"value":"10.000000",
            "currency":"usd"},"used":{"value":"0.000000","currency":"usd"},"remaining_overdraft":{"value":"10.000000",
            "currency":"usd"},"overdrawn":false},"request_id":"req_1"}
            """,
            "Lisa has 125.5, cash 100, frozen 1.22, overdraft 10"
        },
        {
            "overdrawn", """{"account":{"id":"a1"},"available":{"value":"-2.500000","currency":"usd"}}""",
            "a1 has -2.5"
        },
        { "a plain number", """{"available":12}""", "? has 12" },
        { "another currency", """{"available":{"value":"12","currency":"cny"}}""", "no word" },
        { "nothing of it", """{"object":"balance"}""", "no word" },
    };

    public static TheoryData<string, string, string> Costs => new()
    {
        {
            "as the live service answers",
            """
            {"object":"list","scope":"self","data":[{"object":"model_cost.bucket","date":"2026-11-20","start_at":"t","end_at":"t",
            "covered_until":"t","partial":false,"results":[{"object":"model_cost.result","model":"m","amount":{"value":"1.250000",
            "currency":"usd"}}]},{"date":"2026-11-21","partial":true,"results":[{"model_id":"n","amount":{"value":"0.040000",
            "currency":"usd"}}]}],"has_more":false,"next_page":null,"request_id":"req_1"}
            """,
            "2026-11-20 m 1.25; 2026-11-21 n 0.04 so far"
        },
        {
            "not grouped, and given back",
            """{"data":[{"date":"2026-11-20","results":[{"amount":{"value":"-0.5","currency":"usd"}}]}],"has_more":false}""",
            "2026-11-20 ? -0.5"
        },
        { "a day without charges", """{"data":[{"date":"2026-11-20","results":[]}],"has_more":false}""", "no charges" },
        {
            "days that are none", """{"data":[{"date":"soon","results":[{"amount":1}]},7],"has_more":false}""",
            "no charges"
        },
        { "no list", """{"object":"list"}""", "no word" },
    };

    [Theory]
    [MemberData(nameof(Uploads))]
    public Task An_answer_to_an_upload_means(string form, string body, string meaning) =>
        MeansAsync(form, body, meaning, api => api.Uploads.UploadAsync(
            new MemoryStream([1, 2]), "x.jpg", "image/jpeg", CancellationToken.None), Meaning.Of);

    [Theory]
    [MemberData(nameof(Quotes))]
    public Task An_answer_to_a_request_for_a_price_means(string form, string body, string meaning) =>
        MeansAsync(form, body, meaning, api => api.Inquiries.QuoteAsync("{}", CancellationToken.None), Meaning.Of);

    [Theory]
    [MemberData(nameof(Models))]
    public Task A_list_of_models_means(string form, string body, string meaning) =>
        MeansAsync(form, body, meaning, api => api.Inquiries.ListModelsAsync(CancellationToken.None), Meaning.Of);

    [Theory]
    [MemberData(nameof(Balances))]
    public Task A_balance_means(string form, string body, string meaning) =>
        MeansAsync(form, body, meaning, api => api.Inquiries.BalanceAsync(CancellationToken.None), Meaning.Of);

    [Theory]
    [MemberData(nameof(Costs))]
    public Task A_list_of_charges_means(string form, string body, string meaning) => MeansAsync(form, body, meaning,
        api => api.Inquiries.ModelCostsAsync(new(2026, 11, 20), new(2026, 11, 22), CancellationToken.None), Meaning.Of);

    private static async Task MeansAsync<T>(
        string form, string body, string meaning, Func<AtlasApi, Task<FreeAnswer<T>>> ask, Func<T, string> tell)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Of(200, body));
        var answer = await atlas.AskAsync(ask);
        Assert.True(meaning == Meaning.Of(answer, tell), $"{form}: {Meaning.Of(answer, tell)}, and not {meaning}");
    }
}
