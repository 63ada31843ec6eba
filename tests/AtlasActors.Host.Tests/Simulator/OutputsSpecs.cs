using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class OutputsSpecs
{
    [Fact]
    public async Task An_output_has_its_length_its_kind_and_a_tag()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var url = await atlas.FinishAsync(await atlas.SubmitImageAsync());

        var response = await atlas.Http.GetAsync(url);
        var content = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(content.Length, response.Content.Headers.ContentLength);
        Assert.Equal("bytes", response.Headers.AcceptRanges.Single());
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task A_part_is_served_as_asked()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var url = await atlas.FinishAsync(await atlas.SubmitVideoAsync());
        var whole = await atlas.Http.GetByteArrayAsync(url);

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(100, 299);
        var response = await atlas.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(100, 299, whole.Length), response.Content.Headers.ContentRange);
        Assert.Equal(whole[100..300], await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_part_beyond_the_end_cannot_be_served()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var url = await atlas.FinishAsync(await atlas.SubmitImageAsync());

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(100_000_000, null);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await atlas.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_output_is_there_from_completion_until_it_expires()
    {
        await using var atlas = await AtlasCaller.StartAsync(
            new SimulatorOptions { OutputLifetime = TimeSpan.FromHours(3) });
        var id = await atlas.SubmitImageAsync();
        var url = new Uri(atlas.Simulator.BaseUrl, $"/outputs/{id}.png");

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.Http.GetAsync(url)).StatusCode);
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await atlas.Http.GetAsync(url)).StatusCode);
        atlas.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.NotFound, (await atlas.Http.GetAsync(url)).StatusCode);
        Assert.Equal(1, atlas.Simulator.Seen.DownloadsOf($"{id}.png"));
    }

    [Fact]
    public async Task Several_images_of_one_prediction_have_an_address_each()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync("a lake", ("num_images", 3));
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var done = await atlas.PollAsync(id);

        Assert.Equal("0.12", (string)done["price"]!);
        Assert.Equal(3, done["outputs"]!.AsArray().Select(url => (string)url!).Distinct().Count());
        foreach (var url in done["outputs"]!.AsArray())
            Assert.Equal(HttpStatusCode.OK, (await atlas.Http.GetAsync(new Uri((string)url!))).StatusCode);
    }

    [Theory]
    [InlineData("nobody.png")]
    [InlineData("{0}.mp4")]
    [InlineData("{0}-2.png")]
    [InlineData("{0}")]
    public async Task No_other_name_is_served(string name)
    {
        await using var atlas = await AtlasCaller.StartAsync();
        var id = await atlas.SubmitImageAsync();
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var url = new Uri(atlas.Simulator.BaseUrl, "/outputs/" + name.Replace("{0}", id, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, (await atlas.Http.GetAsync(url)).StatusCode);
    }

    [Theory]
    [InlineData(AnswerForm.Real, "filename")]
    [InlineData(AnswerForm.Reference, "file_name")]
    public async Task An_uploaded_file_can_be_fetched_again(AnswerForm form, string nameField)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = form });
        using var part = new ByteArrayContent(Encoding.UTF8.GetBytes("not quite a picture"));
        part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var content = new MultipartFormDataContent { { part, "file", "start.png" } };

        var answer = await AtlasCaller.ReadAsync(await atlas.PostAsync("/model/uploadMedia", content));

        Assert.Equal("start.png", (string)answer["data"]![nameField]!);
        Assert.Equal(19, (int)answer["data"]!["size"]!);
        var url = new Uri((string)answer["data"]!["download_url"]!);
        Assert.Equal("not quite a picture", await atlas.Http.GetStringAsync(url));
        Assert.Equal(1, atlas.Simulator.Seen.Uploads);
    }

    [Theory]
    [InlineData(AnswerForm.Tutorial, "url")]
    [InlineData(AnswerForm.Former, "data")]
    [InlineData(AnswerForm.PredictionId, "data/file_url")]
    public async Task The_address_of_an_upload_stands_where_the_form_has_it(AnswerForm form, string place)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Form = form });
        using var content = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "start.png" } };

        System.Text.Json.Nodes.JsonNode? found = await AtlasCaller.ReadAsync(
            await atlas.PostAsync("/model/uploadMedia", content));
        foreach (var name in place.Split('/')) found = found![name];

        Assert.Equal([1, 2, 3], await atlas.Http.GetByteArrayAsync(new Uri((string)found!)));
    }

    [Fact]
    public async Task An_upload_without_a_file_is_refused()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        using var content = new MultipartFormDataContent { { new StringContent("x"), "other" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await atlas.PostAsync("/model/uploadMedia", content)).StatusCode);
    }
}
