using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public class ShownUrlSpecs
{
    [Theory]
    [InlineData("https://h/a.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=secret")]
    [InlineData("https://h/a.png?Expires=1790000000&OSSAccessKeyId=abc&Signature=secret")]
    [InlineData("https://h/a.png?se=2026-11-22&sp=r&sig=secret")]
    [InlineData("https://h/a.png?x-goog-signature=secret")]
    [InlineData("https://h/a.png?Policy=secret&Key-Pair-Id=b")]
    [InlineData("https://h/a.png?token=secret")]
    [InlineData("https://h/a.png?w=1;auth_key=secret")]
    [InlineData("https://h/a.png?%74oken=secret")]
    [InlineData("https://h/a.png?w=1?%73ig=secret")]
    [InlineData("https://h/a.png?q-sign-algorithm=sha1&q-ak=secret")]
    [InlineData("https://h/a.png?hmac=secret")]
    [InlineData("https://h/a.png?jwt=secret")]
    [InlineData("https://h/a.png?hash=secret")]
    [InlineData("https://h/a.png?verify=1790000000-secret")]
    [InlineData("https://h/a.png?wsSecret=secret&wsTime=1")]
    [InlineData("https://h/a.png#secret")]
    [InlineData("https://user:secret@h/a.png")]
    public void What_signs_an_address_is_not_shown(string url) => Assert.Equal("https://h/a.png", ShownUrl.Of(url));

    [Theory]
    [InlineData("https://h/a.png")]
    [InlineData("https://h/a.png?w=100&format=webp")]
    [InlineData("https://h/a.png?v=2")]
    public void Other_addresses_are_shown_as_they_are(string url) => Assert.Equal(url, ShownUrl.Of(url));

    [Theory]
    [InlineData("data:image/png;base64,AAAA", "data:")]
    [InlineData("file:///etc/passwd", "")]
    [InlineData("no address", "")]
    public void What_is_none_of_the_web_is_not_shown(string url, string shown) => Assert.Equal(shown, ShownUrl.Of(url));
}
