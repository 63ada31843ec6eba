using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

/// <summary>Who is shown the key: the API's own scheme, host and port, and nobody to whom it leads.</summary>
public sealed class ApiOriginSpecs
{
    [Theory]
    [InlineData("https://api.example/api/v1/model", true)]
    [InlineData("https://API.example:443/other", true)]
    [InlineData("http://api.example/api/v1/model", false)]
    [InlineData("https://api.example:444/api/v1", false)]
    [InlineData("https://api.example.evil/api/v1", false)]
    [InlineData("https://evil/api.example", false)]
    [InlineData("https://sub.api.example/", false)]
    [InlineData("https://api.example./", false)]
    [InlineData("https://api.example@evil/", false)]
    [InlineData("https://user:secret@api.example/", false)]
    [InlineData("ftp://api.example/", false)]
    public void The_key_is_shown_to(string address, bool isShown) =>
        Assert.Equal(isShown, ApiOrigin.Covers(new Uri("https://api.example/api/v1"), new Uri(address)));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Neither_polls_nor_questions_follow_out_of_the_scheme_or_the_port(int status)
    {
        await using var other = new ScriptedServer(_ => Reply.Json(200, "{}"));
        foreach (var there in new[] { other.Url, new UriBuilder(other.Url) { Scheme = "https" }.Uri })
        {
            await using var atlas = new ApiUnderTest(_ => Reply.Redirect(status, new Uri(there, "/api/v1/model/prediction/p1").ToString()));

            await atlas.PollAsync();
            await atlas.AskAsync(api => api.Inquiries.ListModelsAsync(CancellationToken.None));
            await atlas.AskAsync(api => api.Inquiries.BalanceAsync(CancellationToken.None));
        }
        Assert.Empty(other.Heard);
    }

    [Fact]
    public async Task An_output_is_fetched_without_the_key_wherever_it_leads()
    {
        await using var end = new ScriptedServer(_ => new Reply(200, "\u0001 a picture"u8.ToArray()));
        await using var downloads = new DownloadUnderTest(_ => Reply.Redirect(302, new Uri(end.Url, "/a.png").ToString()));

        await downloads.SaveAsync();

        Assert.Null(Assert.Single(downloads.Server.Heard).Header("Authorization"));
        Assert.Null(Assert.Single(end.Heard).Header("Authorization"));
    }
}
