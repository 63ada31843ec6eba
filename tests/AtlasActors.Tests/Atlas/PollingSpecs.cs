using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class PollingSpecs
{
    private const string Running = """{"code":200,"data":{"id":"p1","status":"processing"}}""";
    private const string NotFound = """{"code":404,"msg":"not found","data":null}""";
    private const string Unauthorized = """{"code":401,"msg":"unauthorized","data":null}""";

    [Fact]
    public async Task The_documented_path_is_asked_with_the_key()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Running));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        var heard = Assert.Single(atlas.Server.Heard);
        Assert.Equal(("GET", "/api/v1/model/prediction/p1"), (heard.Method, heard.Target));
        Assert.Equal("Bearer " + ApiUnderTest.Key, heard.Header("Authorization"));
    }

    [Fact]
    public async Task An_id_cannot_change_the_address()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Running));
        await atlas.PollAsync(new Prediction("../a b/c?d#e", null));
        Assert.Equal("/api/v1/model/prediction/..%2Fa%20b%2Fc%3Fd%23e", Assert.Single(atlas.Server.Heard).Target);
    }

    [Theory]
    [InlineData("/api/v1/model/prediction/p1/get", 401, 2)]
    [InlineData("/api/v1/model/prediction/p1/get", 404, 2)]
    [InlineData("/api/v1/model/prediction/p1/get", 405, 2)]
    [InlineData("/api/v1/model/result/p1", 400, 3)]
    [InlineData("/api/v1/model/result/p1", 401, 3)]
    public async Task The_path_that_answers_is_found_in_one_poll_and_remembered(string right, int wrong, int requests)
    {
        await using var atlas = new ApiUnderTest(request =>
            request.Target == right ? Reply.Json(200, Running) : Reply.Json(wrong, "{}"));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.Equal(requests, atlas.Server.Heard.Count);
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.Equal(requests + 1, atlas.Server.Heard.Count);
        Assert.Equal(right, atlas.Server.Heard[^1].Target);
    }

    [Fact]
    public async Task One_404_among_refusals_means_not_found()
    {
        await using var atlas = new ApiUnderTest(request =>
            request.Path.Contains("/result/", StringComparison.Ordinal)
                ? Reply.Json(404, NotFound)
                : Reply.Json(401, Unauthorized));
        Assert.IsType<PollAnswer.NotFound>(await atlas.PollAsync());
        Assert.Equal(3, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task Refusals_everywhere_mean_that_the_key_is_refused()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(401, Unauthorized));
        Assert.IsType<PollAnswer.KeyRefused>(await atlas.PollAsync());
        Assert.Equal(3, atlas.Server.Heard.Count);
    }

    [Theory]
    [InlineData(401, typeof(PollAnswer.KeyRefused))]
    [InlineData(403, typeof(PollAnswer.KeyRefused))]
    [InlineData(404, typeof(PollAnswer.NotFound))]
    [InlineData(400, typeof(PollAnswer.NotFound))]
    public async Task On_a_path_that_is_known_a_refusal_is_believed_at_once(int status, Type kind)
    {
        var count = 0;
        await using var atlas = new ApiUnderTest(_ =>
            ++count == 1 ? Reply.Json(200, Running) : Reply.Json(status, "{}"));
        await atlas.PollAsync();
        Assert.IsType(kind, await atlas.PollAsync());
        Assert.Equal(2, atlas.Server.Heard.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_job_that_warms_up_is_not_mistaken_for_a_wrong_path(int status)
    {
        var isWarm = false;
        await using var atlas = new ApiUnderTest(request => request.Target != "/api/v1/model/prediction/p1"
            ? Reply.Json(401, Unauthorized)
            : isWarm ? Reply.Json(200, Running) : Reply.Json(status, NotFound));
        Assert.IsType<PollAnswer.NotFound>(await atlas.PollAsync());
        Assert.IsType<PollAnswer.NotFound>(await atlas.PollAsync());
        isWarm = true;
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.Equal(7, atlas.Server.Heard.Count);
    }

    [Fact]
    public async Task An_older_path_that_was_faster_once_does_not_hide_the_documented_one()
    {
        var isWarm = false;
        await using var atlas = new ApiUnderTest(request => request.Target switch
        {
            "/api/v1/model/result/p1" => Reply.Json(200, Running),
            "/api/v1/model/prediction/p2" => Reply.Json(isWarm ? 200 : 404, isWarm ? Running : NotFound),
            _ => Reply.Json(404, NotFound),
        });
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        var other = new Prediction("p2", null);
        Assert.IsType<PollAnswer.NotFound>(await atlas.PollAsync(other));
        isWarm = true;
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync(other));
        var heard = atlas.Server.Heard.Count;
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync(other));
        Assert.Equal(heard + 1, atlas.Server.Heard.Count);
        Assert.Equal("/api/v1/model/prediction/p2", atlas.Server.Heard[^1].Target);
    }

    [Fact]
    public async Task An_announced_address_that_serves_nothing_gives_way_to_the_path_that_is_known()
    {
        await using var atlas = new ApiUnderTest(request => request.Path.StartsWith("/other", StringComparison.Ordinal)
            ? Reply.Json(404, NotFound)
            : Reply.Json(200, Running));
        await atlas.PollAsync();
        var announced = new Prediction("p2", new Uri(atlas.Server.Url, "/other/p2").ToString());
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync(announced));
        Assert.Equal(["/other/p2", "/api/v1/model/prediction/p2"],
            atlas.Server.Heard.Skip(1).Select(request => request.Target));
    }

    [Fact]
    public async Task A_word_that_nobody_knows_does_not_settle_the_path()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, """{"status":"ok"}"""));
        Assert.Equal("ok", Assert.IsType<PollAnswer.Running>(await atlas.PollAsync()).Status);
        await using var other = new ApiUnderTest(request => request.Path.EndsWith("/get", StringComparison.Ordinal)
            ? Reply.Json(200, """{"status":"completed"}""")
            : Reply.Json(404, NotFound));
        Assert.IsType<PollAnswer.Completed>(await other.PollAsync());
    }

    [Fact]
    public async Task An_announced_address_on_the_api_s_host_is_preferred()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Running));
        await atlas.PollAsync(new Prediction("p1", new Uri(atlas.Server.Url, "/other/p1?x=1").ToString()));
        Assert.Equal("/other/p1?x=1", Assert.Single(atlas.Server.Heard).Target);
    }

    [Fact]
    public async Task An_announced_address_that_is_one_of_ours_settles_our_path()
    {
        await using var atlas = new ApiUnderTest(request => request.Path.Contains("/result/", StringComparison.Ordinal)
            ? Reply.Json(200, Running)
            : Reply.Json(404, NotFound));
        await atlas.PollAsync(new Prediction("p1", new Uri(atlas.Server.Url, "/api/v1/model/result/p1").ToString()));
        await atlas.PollAsync(new Prediction("p2", null));
        Assert.Equal(["/api/v1/model/result/p1", "/api/v1/model/result/p2"],
            atlas.Server.Heard.Select(request => request.Target));
    }

    [Theory]
    [InlineData("https://evil.example/p1")]
    [InlineData("http://127.0.0.1:1/p1")]
    [InlineData("https://127.0.0.1/p1")]
    [InlineData("//evil.example/p1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("no address")]
    public async Task An_announced_address_elsewhere_is_ignored(string pollUrl)
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Running));
        await atlas.PollAsync(new Prediction("p1", pollUrl));
        Assert.Equal("/api/v1/model/prediction/p1", Assert.Single(atlas.Server.Heard).Target);
    }

    [Fact]
    public async Task Credentials_within_an_announced_address_are_not_followed()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Json(200, Running));
        var url = new UriBuilder(atlas.Server.Url) { UserName = "u", Password = "p", Path = "/other" }.ToString();
        await atlas.PollAsync(new Prediction("p1", url));
        Assert.Equal("/api/v1/model/prediction/p1", Assert.Single(atlas.Server.Heard).Target);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_on_the_same_host_is_followed(int status)
    {
        await using var atlas = new ApiUnderTest(request =>
            request.Target == "/there" ? Reply.Json(200, Running) : Reply.Redirect(status, "/there"));
        Assert.IsType<PollAnswer.Running>(await atlas.PollAsync());
        Assert.Equal("Bearer " + ApiUnderTest.Key, atlas.Server.Heard[1].Header("Authorization"));
    }

    [Fact]
    public async Task A_redirect_to_another_host_gets_neither_a_visit_nor_the_key()
    {
        await using var other = new ScriptedServer(_ => Reply.Json(200, Running));
        await using var atlas = new ApiUnderTest(_ => Reply.Redirect(302, new Uri(other.Url, "/p1").ToString()));
        Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
        Assert.Empty(other.Heard);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        await using var atlas = new ApiUnderTest(_ => Reply.Redirect(302, "/again"));
        Assert.IsType<PollAnswer.Unanswered>(await atlas.PollAsync());
        Assert.Equal(4, atlas.Server.Heard.Count);
    }
}
