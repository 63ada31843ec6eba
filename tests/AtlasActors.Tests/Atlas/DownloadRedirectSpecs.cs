using System.Text;
using AtlasActors.Atlas;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class DownloadRedirectSpecs
{
    private static readonly byte[] Picture = Encoding.ASCII.GetBytes("\u0001 a picture");

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_to_another_host(int status)
    {
        await using var other = new ScriptedServer(_ => new Reply(200, Picture));
        var there = new Uri(other.Url, "/x").ToString();
        await using var downloads = new DownloadUnderTest(_ => Reply.Redirect(status, there));
        await downloads.SaveAsync();
        Assert.Equal("/x", Assert.Single(other.Heard).Target);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_six_are_not()
    {
        await using var downloads = new DownloadUnderTest(request =>
        {
            var left = int.Parse(request.Path[1..]);
            return left == 0 ? new Reply(200, Picture) : Reply.Redirect(302, $"/{left - 1}");
        });
        await downloads.SaveAsync("/5");
        Assert.IsType<DownloadAnswer.Gone>(await downloads.BringAsync("/6"));
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://host/x")]
    [InlineData("data:image/png;base64,AA==")]
    public async Task A_redirect_out_of_the_web_is_not_followed(string location)
    {
        await using var downloads = new DownloadUnderTest(_ => Reply.Redirect(302, location));
        Assert.IsType<DownloadAnswer.Gone>(await downloads.BringAsync());
    }

    [Theory]
    [InlineData("https://h/a", "http://h/b", false)]
    [InlineData("https://h/a", "https://other/b", true)]
    [InlineData("http://h/a", "https://h/b", true)]
    [InlineData("http://h/a", "http://other/b", true)]
    [InlineData("https://h/a", "//other/b", true)]
    [InlineData("https://h/a", "/b", true)]
    public void A_redirect_never_leaves_https(string from, string to, bool isFollowed)
    {
        var next = OutputFetch.MayFollow(new Uri(from), new Uri(to, UriKind.RelativeOrAbsolute));
        Assert.Equal(isFollowed, next is not null);
    }

    [Fact]
    public async Task A_range_goes_along_with_a_redirect()
    {
        await using var downloads = new DownloadUnderTest(request => request.Path == "/one.png"
            ? Reply.Redirect(302, "/there")
            : request.Header("Range") is null
                ? new Reply(200, Picture).With("ETag", "\"a\"").CutAt(4, Ending.Close)
                : new Reply(206, Picture[4..]).With("ETag", "\"a\"")
                    .With("Content-Range", $"bytes 4-{Picture.Length - 1}/{Picture.Length}"));
        await downloads.BringAsync();
        Assert.Equal(Picture, await File.ReadAllBytesAsync((await downloads.SaveAsync()).Path));
    }
}
