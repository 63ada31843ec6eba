using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Pages;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class PagesSpecs
{
    [Fact]
    public async Task The_page_tells_a_person_what_was_asked()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.FinishAsync(await atlas.SubmitImageAsync("a lake <b>at dusk</b>"));
        await atlas.SubmitVideoAsync();
        atlas.Http.DefaultRequestHeaders.Authorization = null;

        var response = await atlas.GetAtHostAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("2 submissions taken, 1 in flight, 0.04 USD charged", page, StringComparison.Ordinal);
        Assert.Contains("POST /api/v1/model/generateImage", page, StringComparison.Ordinal);
        Assert.Contains("bytedance/seedance-v1.5-pro/text-to-video", page, StringComparison.Ordinal);
        Assert.Contains("a lake &lt;b&gt;at dusk&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_tells_a_test_of_every_submission()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var url = await atlas.FinishAsync(await atlas.SubmitImageAsync("a lake", ("seed", 7)));
        await atlas.Http.GetByteArrayAsync(url);
        await atlas.SubmitVideoAsync("[fail] waves", ("duration", 10));
        atlas.Http.DefaultRequestHeaders.Authorization = null;

        var journal = await AtlasCaller.ReadAsync(await atlas.GetAtHostAsync("/__journal"));

        var submissions = journal["submissions"]!.AsArray();
        var (first, second) = (submissions[0]!, submissions[1]!);
        Assert.Equal(("a lake", 7), ((string)first["prompt"]!, (int)first["body"]!["seed"]!));
        Assert.Equal(("completed", "0.04"), ((string)first["status"]!, (string)first["charged"]!));
        Assert.Equal((1, 1), ((int)first["polls"]!, (int)first["downloads"]!));
        Assert.Equal(("processing", "0.22"), ((string)second["status"]!, (string)second["reserved"]!));
        Assert.Equal("0", (string)second["charged"]!);
        Assert.Equal(atlas.Simulator.Seen.Submissions[1].Id, (string)second["id"]!);
        Assert.Equal((string)first["account"]!, (string)second["account"]!);
        Assert.Equal(1, (int)journal["requests"]!["POST /api/v1/model/generateVideo"]!);
        Assert.Equal("0.04", (string)journal["charged"]!);
    }

    [Fact]
    public async Task The_journal_tells_of_uploads_by_their_content()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        using var part = new ByteArrayContent("a picture"u8.ToArray());
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var content = new MultipartFormDataContent { { part, "file", "start.png" } };
        await atlas.PostAsync("/model/uploadMedia", content);

        var journal = await AtlasCaller.ReadAsync(await atlas.GetAtHostAsync("/__journal"));

        var upload = Assert.Single(journal["uploads"]!.AsArray())!;
        Assert.Equal(("start.png", 9), ((string)upload["file_name"]!, (int)upload["size"]!));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("a picture"u8)), (string)upload["sha256"]!);
        Assert.Equal("a picture", await (await atlas.GetAtHostAsync((string)upload["path"]!)).Content
            .ReadAsStringAsync());
        Assert.Equal((string)upload["sha256"]!, Assert.Single(atlas.Simulator.Seen.UploadedFiles).Sha256);
    }

    [Fact]
    public async Task The_journal_tells_of_the_calls_that_were_made()
    {
        await using var receiver = await CalledReceiver.StartAsync(500);
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { AllowPrivateWebhooks = true, WebhookAttempts = 2 });
        await atlas.SubmitImageAsync("a lake", ("webhook_url", receiver.Url));
        await atlas.Clock.AdvanceWaitingAsync(TimeSpan.FromHours(1));
        await receiver.NextAsync();
        // Once it waits to try again, the first attempt is written down.
        await atlas.Clock.TimerSetAsync();

        var journal = await AtlasCaller.ReadAsync(await atlas.GetAtHostAsync("/__journal"));

        var call = Assert.Single(journal["submissions"]![0]!["webhooks"]!.AsArray())!;
        Assert.Equal((1, 500, "None"), ((int)call["attempt"]!, (int)call["status"]!, (string)call["fault"]!));
        Assert.Equal(receiver.Url, (string)journal["submissions"]![0]!["webhook_url"]!);
    }

    [Fact]
    public async Task Two_thousand_submissions_fit_into_a_journal()
    {
        const int count = 2_000;
        await using var atlas = await AtlasCaller.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (job, _) => await atlas.SubmitImageAsync($"product {job}"));

        var journal = await AtlasCaller.ReadAsync(await atlas.GetAtHostAsync("/__journal"));

        var prompts = journal["submissions"]!.AsArray().Select(one => (string)one!["prompt"]!);
        Assert.Equal(count, prompts.Distinct().Count());
        Assert.Equal(count, (int)journal["in_flight"]!);
    }

    [Fact]
    public async Task The_webhook_key_can_be_changed_from_outside()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        atlas.Http.DefaultRequestHeaders.Authorization = null;

        await atlas.Http.PostAsync(new Uri(atlas.Simulator.BaseUrl, "/__webhooks/rotate"), content: null);

        var published = await AtlasCaller.ReadAsync(await atlas.GetAsync("/webhooks/jwks.json"));
        Assert.Equal(2, published["keys"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.7", false)]
    [InlineData("::ffff:192.168.1.7", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_this_machine_is_home(string caller, bool isHome) =>
        Assert.Equal(isHome, Home.IsHome(IPAddress.Parse(caller)));
}
