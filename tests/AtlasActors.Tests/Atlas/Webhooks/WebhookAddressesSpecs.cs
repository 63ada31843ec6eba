using System.Text.Json;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using Xunit;

namespace AtlasActors.Tests.Atlas.Webhooks;

public sealed class WebhookAddressesSpecs
{
    private static readonly Uri Api = new("https://api.atlascloud.ai/api/v1");
    private static readonly Uri Simulator = new("http://127.0.0.1:4711/api/v1");
    private static readonly WebhookToken Token = WebhookToken.New(count => [.. Enumerable.Range(0, count).Select(i => (byte)(255 - i))]);

    [Theory]
    [InlineData("https://media.example.org")]
    [InlineData("https://media.example.org/")]
    public void Each_submission_has_an_address_of_its_own(string root) => Assert.Equal(
        "https://media.example.org/hooks/atlas/b-1/12/3/__79_Pv6-fj39vX08_Lx8A",
        new WebhookAddresses(new Uri(root), _ => []).Of(BatchId.Parse("b-1"), 12, 3, Token));

    [Theory]
    [InlineData("""{"model":"m","prompt":"p"}""", """{"model":"m","prompt":"p","webhook_url":"https://x.example/a"}""")]
    [InlineData("""{"a":{"webhook_url":"}"}, "b":1.50 } """, """{"a":{"webhook_url":"}"}, "b":1.50 ,"webhook_url":"https://x.example/a"} """)]
    [InlineData("{}", """{"webhook_url":"https://x.example/a"}""")]
    public void It_is_the_body_s_last_field_and_the_rest_stays(string body, string sent)
    {
        Assert.Equal(sent, WebhookAddresses.Put(body, "https://x.example/a"));
        Assert.NotNull(new WebhookAddresses(Api, count => new byte[count]).TokenFor(body));
    }

    [Theory]
    [InlineData("""{"model":"m","webhook_url":"https://mine.example"}""")]
    [InlineData("""{"webhook_url":null}""")]
    [InlineData("[]")]
    public void A_job_that_says_itself_where_to_call_is_left_alone(string body) =>
        Assert.Null(new WebhookAddresses(Api, count => new byte[count]).TokenFor(body));

    [Fact]
    public void A_body_in_any_script_stays_readable() => Assert.Equal(
        "茶馆", JsonDocument.Parse(WebhookAddresses.Put("""{"prompt":"茶馆"}""", "https://x.example/a")).RootElement.GetProperty("prompt").GetString());

    [Fact]
    public void A_token_is_its_own_text_and_no_other_and_shows_nothing()
    {
        Assert.True(Token.Is(Token.Secret));
        Assert.False(Token.Is(Token.Secret + "A"));
        Assert.False(Token.Is(Token.Secret[1..]));
        Assert.False(Token.Is(""));
        Assert.False(default(WebhookToken).Is(""));
        Assert.Equal(WebhookToken.Length, Token.Secret.Length);
        Assert.DoesNotContain(Token.Secret, $"{Token} {new SubmissionToken(1, Token)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://media.example.org")]
    [InlineData("https://media.example.org:8443/atlas/")]
    [InlineData("https://203.0.113.5")]
    [InlineData("https://[2001:db8::1]/x")]
    public void A_public_address_is_one_that_the_internet_reaches(string url) => Assert.Null(PublicAddress.Fault(new Uri(url), Api));

    [Theory]
    [InlineData("http://media.example.org", "https only")]
    [InlineData("ftp://media.example.org", "https only")]
    [InlineData("https://localhost", "internet")]
    [InlineData("https://127.0.0.1:8080", "internet")]
    [InlineData("https://10.1.2.3", "internet")]
    [InlineData("https://172.16.0.1", "internet")]
    [InlineData("https://192.168.1.1", "internet")]
    [InlineData("https://169.254.1.1", "internet")]
    [InlineData("https://100.64.0.1", "internet")]
    [InlineData("https://0.0.0.0", "internet")]
    [InlineData("https://[::1]", "internet")]
    [InlineData("https://[fe80::1]", "internet")]
    [InlineData("https://[fd00::1]", "internet")]
    [InlineData("https://[::ffff:10.0.0.1]", "internet")]
    [InlineData("https://printer", "internet")]
    [InlineData("https://nas.local", "internet")]
    [InlineData("https://a.localhost.", "internet")]
    [InlineData("https://user@media.example.org", "leave out")]
    [InlineData("https://media.example.org/?a=1", "leave out")]
    [InlineData("https://media.example.org/#a", "leave out")]
    public void Any_other_is_refused_with_a_sentence(string url, string says) =>
        Assert.Contains(says, PublicAddress.Fault(new Uri(url), Api), StringComparison.Ordinal);

    [Fact]
    public void A_simulator_on_this_machine_may_call_this_machine()
    {
        Assert.Null(PublicAddress.Fault(new Uri("http://127.0.0.1:8080"), Simulator));
        Assert.Null(PublicAddress.Fault(new Uri("http://localhost:8080"), Simulator));
        Assert.NotNull(PublicAddress.Fault(new Uri("ftp://127.0.0.1"), Simulator));
    }

    [Fact]
    public void The_longest_address_that_is_taken_stays_within_what_Atlas_takes()
    {
        const string host = "https://media.example.org/";
        var longest = Enumerable.Range(1, 1024).Last(length => PublicAddress.Fault(new Uri(host + new string('x', length)), Api) is null);
        var webhook = new WebhookAddresses(new Uri(host + new string('x', longest)), _ => [])
            .Of(BatchId.Parse(new string('b', 64)), int.MaxValue, int.MaxValue, Token);
        Assert.Equal(1024, webhook.Length);
    }
}
