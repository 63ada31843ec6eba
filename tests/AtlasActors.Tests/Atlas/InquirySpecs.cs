using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class InquirySpecs
{
    private const string Price = """{"code":200,"data":{"price":"0.052"}}""";
    private const string NoDays = """{"data":[],"has_more":false}""";

    [Fact]
    public async Task A_price_is_asked_for_with_the_very_body_of_the_submission()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Price));
        const string body = """{ "model" : "a/b", "prompt": "Größe 日本" }""";
        var told = await atlas.AskAsync(api => api.Inquiries.QuoteAsync(body, CancellationToken.None));
        Assert.Equal(0.052m, Assert.IsType<FreeAnswer<Quote>.Told>(told).Value.Price);
        var heard = Assert.Single(atlas.Server.Heard);
        Assert.Equal(("POST", "/api/v1/model/calculate"), (heard.Method, heard.Target));
        Assert.Equal(Encoding.UTF8.GetBytes(body), heard.Body);
        Assert.Equal("Bearer " + ApiUnderTest.Key, heard.Header("Authorization"));
    }

    [Fact]
    public async Task What_costs_nothing_is_asked_again_when_a_gateway_is_in_the_way()
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ => ++count < 3 ? Reply.Html(503) : Reply.Json(200, Price));
        Assert.IsType<FreeAnswer<Quote>.Told>(
            await atlas.AskAsync(api => api.Inquiries.QuoteAsync("{}", CancellationToken.None)));
        Assert.Equal(3, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task Money_is_asked_for_beside_the_media_api()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, """{"available":1}"""));
        Assert.IsType<FreeAnswer<Balance>.Told>(
            await atlas.AskAsync(api => api.Inquiries.BalanceAsync(CancellationToken.None)));
        Assert.Equal("/public/v1/balance", Assert.Single(atlas.Server.Heard).Target);
    }

    [Theory]
    [InlineData("/atlas/api/v1", "/atlas/public/v1/balance")]
    [InlineData("/api/v1/", "/public/v1/balance")]
    [InlineData("/media", "/public/v1/balance")]
    public async Task A_proxy_s_own_path_is_kept(string path, string target)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, """{"available":1}"""),
            options => options with { BaseUrl = new Uri(options.BaseUrl, path) });
        await atlas.AskAsync(api => api.Inquiries.BalanceAsync(CancellationToken.None));
        Assert.Equal(target, Assert.Single(atlas.Server.Heard).Target);
    }

    [Fact]
    public async Task Charges_are_read_page_by_page()
    {
        await using var atlas = new ApiUnderTest(request => Reply.Json(200,
            request.Target.Contains("page=a%26b", StringComparison.Ordinal)
                ? """{"data":[{"date":"2026-11-21","results":[{"model":"m","amount":2}]}],"has_more":false,"next_page":null}"""
                : """{"data":[{"date":"2026-11-20","results":[{"model":"m","amount":1}]}],"has_more":true,"next_page":"a&b"}"""));
        var told = Assert.IsType<FreeAnswer<ModelCosts>.Told>(await CostsAsync(atlas));
        Assert.Equal([1m, 2m], told.Value.Days.Select(cost => cost.Amount));
        Assert.Equal(
            "/public/v1/model-costs?start_date=2026-11-20&end_date=2026-11-22&group_by[]=model&limit=1000",
            atlas.Server.Heard[0].Target);
    }

    [Fact]
    public async Task A_page_that_fails_fails_the_whole_list()
    {
        await using var atlas = new ApiUnderTest(request => request.Target.Contains("page=", StringComparison.Ordinal)
            ? Reply.Json(401, """{"error":{"type":"authentication_error","code":"invalid_api_key","message":"bad key"}}""")
            : Reply.Json(200, """{"data":[],"has_more":true,"next_page":"2"}"""));
        Assert.IsType<FreeAnswer<ModelCosts>.KeyRefused>(await CostsAsync(atlas));
    }

    [Fact]
    public async Task A_list_that_never_ends_is_given_up()
    {
        var page = 0;
        await using var atlas = new ApiUnderTest(_ =>
            Reply.Json(200, $$"""{"data":[],"has_more":true,"next_page":"{{++page}}"}"""));
        Assert.IsType<FreeAnswer<ModelCosts>.Unanswered>(await CostsAsync(atlas));
        Assert.Equal(50, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task A_list_that_goes_in_circles_ends_where_it_began_again()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, """{"data":[],"has_more":true,"next_page":"1"}"""));
        Assert.IsType<FreeAnswer<ModelCosts>.Told>(await CostsAsync(atlas));
        Assert.Equal(2, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task Neither_a_question_nor_the_key_follows_a_redirect_to_another_host()
    {
        await using var other = new ScriptedServer(_ => Reply.Json(200, NoDays));
        await using var atlas = new ApiUnderTest(_ => Reply.Redirect(307, new Uri(other.Url, "/x").ToString()));
        Answers.FailureOf(await CostsAsync(atlas));
        Answers.FailureOf(await atlas.AskAsync(api => api.Inquiries.QuoteAsync("{}", CancellationToken.None)));
        Assert.Empty(other.Heard);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_answer()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Nothing(Ending.Reset));
        var silent = Assert.IsType<FreeAnswer<IReadOnlyList<ListedModel>>.Unanswered>(
            await atlas.AskAsync(api => api.Inquiries.ListModelsAsync(CancellationToken.None)));
        Assert.Contains("could not be asked", silent.Failure.Message, StringComparison.Ordinal);
    }

    private static Task<FreeAnswer<ModelCosts>> CostsAsync(ApiUnderTest atlas) => atlas.AskAsync(api =>
        api.Inquiries.ModelCostsAsync(new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 22), CancellationToken.None));
}
