using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Documents that Atlas publishes on hosts of their own, which never see the key.</summary>
public sealed class PublicDocumentSpecs
{
    [Fact]
    public async Task A_schema_is_fetched_from_its_own_host_without_the_key()
    {
        await using var elsewhere = new ScriptedServer(_ => Reply.Json(200, "{\"openapi\":\"3\"}"));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        Assert.Equal("{\"openapi\":\"3\"}", Told(await AskAsync(atlas, new Uri(elsewhere.Url, "/schema/a.json"))));
        Assert.Null(Assert.Single(elsewhere.Heard).Header("Authorization"));
        Assert.Empty(atlas.Server.Heard);
    }

    [Fact]
    public async Task Not_even_the_APIs_own_host_is_shown_the_key_for_it()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, "{}"));

        Told(await AskAsync(atlas, new Uri(atlas.Server.Url, "/schema/a.json")));
        Assert.Null(Assert.Single(atlas.Server.Heard).Header("Authorization"));
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_followed_without_the_key_and_one_that_goes_in_circles_is_left()
    {
        await using var end = new ScriptedServer(_ => Reply.Json(200, "{}"));
        await using var start = new ScriptedServer(request => Reply.Redirect(
            302, request.Target == "/a" ? new Uri(end.Url, "/b").ToString() : "/circle"));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        Assert.Equal("{}", Told(await AskAsync(atlas, new Uri(start.Url, "/a"))));
        Assert.Null(Assert.Single(end.Heard).Header("Authorization"));
        Assert.IsType<FreeAnswer<string>.Refused>(await AskAsync(atlas, new Uri(start.Url, "/circle")));
        Assert.Equal(1 + 4, start.Heard.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task A_document_that_is_not_there_is_refused(int status)
    {
        await using var elsewhere = new ScriptedServer(_ => Reply.Html(status));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        var refused = Assert.IsType<FreeAnswer<string>.Refused>(await AskAsync(atlas, elsewhere.Url));
        Assert.Equal($"{elsewhere.Url.Host} did not give it (HTTP {status}).", refused.Failure.Message);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_host_in_trouble_may_be_asked_again(int status)
    {
        await using var elsewhere = new ScriptedServer(_ => Reply.Html(status));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        Assert.IsType<FreeAnswer<string>.Unanswered>(await AskAsync(atlas, elsewhere.Url));
    }

    [Fact]
    public async Task A_document_beyond_reason_is_not_read()
    {
        await using var elsewhere = new ScriptedServer(_ => Reply.Json(200, new string(' ', (4 * 1024 * 1024) + 1)));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        var silent = Assert.IsType<FreeAnswer<string>.Unanswered>(await AskAsync(atlas, elsewhere.Url));
        Assert.Contains("the answer was too long", silent.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://h/a")]
    public async Task An_address_that_is_none_of_the_web_is_not_asked(string address)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        Assert.IsType<FreeAnswer<string>.Refused>(
            await atlas.AskAsync(api => api.Inquiries.SchemaAsync(address, CancellationToken.None)));
        Assert.Empty(atlas.Server.Heard);
    }

    [Fact]
    public async Task Whoever_has_no_key_sends_none()
    {
        await using var atlas = new ScriptedServer(_ => Reply.Json(200, """{"code":200,"data":[{"model":"a/b"}]}"""));
        using var account = AtlasAccount.WithoutKey(new Uri(atlas.Url, "/api/v1"));

        var told = Assert.IsType<FreeAnswer<IReadOnlyList<ListedModel>>.Told>(
            await account.Inquiries.ListModelsAsync(CancellationToken.None));
        Assert.Equal("a/b", Assert.Single(told.Value).Id);
        Assert.Null(Assert.Single(atlas.Heard).Header("Authorization"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Nothing_is_asked_of_this_machine_when_the_API_is_elsewhere(string host)
    {
        await using var inside = new ScriptedServer(_ => Reply.Json(200, "{}"));
        using var account = AtlasAccount.WithoutKey(new Uri("https://api.example/api/v1"));

        var address = new UriBuilder(inside.Url) { Host = host, Path = "/schema.json" }.Uri.ToString();
        var refused = Assert.IsType<FreeAnswer<string>.Refused>(
            await account.Inquiries.SchemaAsync(address, CancellationToken.None));

        Assert.Contains("private network", refused.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("ATLAS_ALLOW_PRIVATE_ADDRESSES", refused.Failure.Message, StringComparison.Ordinal);
        Assert.Empty(inside.Heard);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://10.0.0.1/schema.json")]
    [InlineData("http://[fe80::1]/schema.json")]
    public async Task Nor_of_its_network_or_its_cloud(string address)
    {
        using var account = AtlasAccount.WithoutKey(new Uri("https://api.example/api/v1"));

        Assert.IsType<FreeAnswer<string>.Refused>(await account.Inquiries.SchemaAsync(address, CancellationToken.None));
    }

    [Fact]
    public async Task It_is_asked_where_that_is_allowed()
    {
        await using var inside = new ScriptedServer(_ => Reply.Json(200, "{}"));
        using var account = AtlasAccount.WithoutKey(new Uri("https://api.example/api/v1"), allowPrivateAddresses: true);

        Assert.Equal("{}", Told(await account.Inquiries.SchemaAsync(inside.Url.ToString(), CancellationToken.None)));
    }

    [Fact]
    public async Task A_redirect_leads_into_no_private_network_either()
    {
        await using var start = new ScriptedServer(_ => Reply.Redirect(302, "http://10.255.255.1/schema.json"));
        await using var atlas = new ApiUnderTest(_ => Reply.Html(500));

        // The API is on this machine here, so that this machine may be asked, and nothing else inside.
        var refused = Assert.IsType<FreeAnswer<string>.Refused>(await AskAsync(atlas, start.Url));
        Assert.Contains("private network", refused.Failure.Message, StringComparison.Ordinal);
        Assert.Single(start.Heard);
    }

    [Fact]
    public async Task Addresses_that_are_refused_do_not_open_the_APIs_circuit()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, """{"code":200,"data":[{"model":"a/b"}]}"""));
        for (var count = 0; count < 40; count++)
            Assert.IsType<FreeAnswer<string>.Refused>(await AskAsync(atlas, new Uri("http://10.0.0.1/s.json")));

        Assert.IsType<FreeAnswer<IReadOnlyList<ListedModel>>.Told>(
            await atlas.AskAsync(api => api.Inquiries.ListModelsAsync(CancellationToken.None)));
    }

    private static Task<FreeAnswer<string>> AskAsync(ApiUnderTest atlas, Uri address) =>
        atlas.AskAsync(api => api.Inquiries.SchemaAsync(address.ToString(), CancellationToken.None));

    private static string Told(FreeAnswer<string> answer) => Assert.IsType<FreeAnswer<string>.Told>(answer).Value;
}
