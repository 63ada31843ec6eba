using System.Net.Http.Headers;
using AtlasActors.Atlas;
using Xunit;

namespace AtlasActors.Tests.Atlas;

public sealed class HttpAnswerSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5", 5)]
    [InlineData("120", 120)]
    [InlineData("86400", 120)]
    [InlineData("0", null)]
    [InlineData("Sat, 21 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Sat, 21 Nov 2026 13:00:00 GMT", 120)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", null)]
    public void A_wait_is_seconds_or_a_date_and_never_longer_than_two_minutes(string header, int? seconds) =>
        Assert.Equal(
            seconds is { } wait ? TimeSpan.FromSeconds(wait) : null,
            HttpAnswer.WaitAskedBy(RetryConditionHeaderValue.Parse(header), Now));

    [Fact]
    public void Without_a_header_there_is_no_wait() => Assert.Null(HttpAnswer.WaitAskedBy(null, Now));

    [Theory]
    [InlineData(503, "<html></html>", true)]
    [InlineData(502, "", true)]
    [InlineData(504, """{"message":"Endpoint request timed out"}""", true)]
    [InlineData(503, """{"code":503,"msg":"busy"}""", false)]
    [InlineData(500, "<html></html>", false)]
    [InlineData(429, "<html></html>", false)]
    [InlineData(200, "<html></html>", false)]
    public void An_outage_is_a_gateway_s_page(int status, string body, bool isOutage) =>
        Assert.Equal(isOutage, Answers.Answer(status, body).IsOutage);
}
