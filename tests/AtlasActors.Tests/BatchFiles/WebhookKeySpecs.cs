using AtlasActors.Batches;
using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class WebhookKeySpecs
{
    [Fact]
    public void A_file_that_says_nothing_tells_nobody() => Assert.Null(Faults.None(Faults.Job("image")).Webhook);

    [Theory]
    [InlineData("webhook: https://example.org/hooks?key=1", true, true)]
    [InlineData("webhook: {url: 'https://example.org/hooks?key=1'}", true, true)]
    [InlineData("webhook: {url: 'https://example.org/hooks?key=1', events: [job, batch]}", true, true)]
    [InlineData("webhook: {url: 'https://example.org/hooks?key=1', events: [job]}", true, false)]
    [InlineData("webhook: {url: 'https://example.org/hooks?key=1', events: [batch]}", false, true)]
    public void It_is_an_address_or_one_with_what_it_is_told(string line, bool jobs, bool batches) => Assert.Equal(
        new BatchWebhook("https://example.org/hooks?key=1", jobs, batches), Faults.None(line + "\n" + Faults.Job("image")).Webhook);

    [Theory]
    [InlineData("webhook: example.org", "a.yaml:1:10: webhook: wants an address such as https://example.org/hooks")]
    [InlineData("webhook: ftp://example.org/", "a.yaml:1:10: webhook: wants an address such as https://example.org/hooks")]
    [InlineData("webhook: https://me:pw@example.org/", "a.yaml:1:10: webhook: has a user or a fragment, which are not sent: leave them out")]
    [InlineData("webhook: {events: [job]}", "a.yaml:1:10: webhook.url: 'url' is missing; the address that is posted to")]
    [InlineData("webhook: {url: 'https://example.org/', events: []}", "a.yaml:1:48: webhook.events: is empty; 'job', 'batch', or both")]
    [InlineData("webhook: {url: 'https://example.org/', events: [jobs]}", "a.yaml:1:48: webhook.events: 'jobs' is nothing to be told of: 'job' and 'batch' are; did you mean 'job'?")]
    [InlineData("webhook: {ulr: 'https://example.org/'}", "a.yaml:1:11: webhook.ulr: unknown key 'ulr'; did you mean 'url'?")]
    public void What_is_wrong_with_it_is_told_with_its_place(string line, string fault) =>
        Assert.Equal([fault], Faults.Of(line + "\n" + Faults.Job("image")));

    [Fact]
    public void It_is_no_part_of_what_a_batch_asks_for() => Assert.Equal(
        BatchFingerprint.Of(Faults.None(Faults.Job("image"))),
        BatchFingerprint.Of(Faults.None("webhook: https://example.org/\n" + Faults.Job("image"))));
}
