using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class StrictSpecs
{
    private const string Veo = "google/veo3.1/text-to-video";

    [Theory]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p"}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","duration":8,"seed":7,"generate_audio":false}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","webhook_url":"https://hooks.example.com/1"}""")]
    [InlineData("Image", """{"model":"google/nano-banana-2/edit","prompt":"p","images":["https://example.com/1"]}""")]
    [InlineData("Image", """{"model":"atlascloud/background-remover","image":"https://example.com/1.png"}""")]
    [InlineData("Audio", """{"model":"xai/tts-v1","text":"Hello","speed":1.25}""")]
    public async Task What_the_schema_allows_is_taken(string path, string body) =>
        Assert.Equal((HttpStatusCode.OK, ""), await SubmitAsync($"generate{path}", body));

    [Theory]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","duration":10}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","duration":"8"}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","width":640}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":7}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}"}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","seed":-2}""")]
    [InlineData("Video", $$"""{"model":"{{Veo}}","prompt":"p","generate_audio":"yes"}""")]
    [InlineData("Video", """{"model":"google/veo3.1/image-to-video","prompt":"p"}""")]
    [InlineData("Image", $$"""{"model":"{{Veo}}","prompt":"p"}""")]
    [InlineData("Image", """{"model":"google/nano-banana-2/edit","prompt":"p","images":[]}""")]
    [InlineData("Image", """{"model":"google/nano-banana-2/edit","prompt":"p","images":[1]}""")]
    [InlineData("Image", """{"model":"black-forest-labs/flux-schnell","prompt":"p","num_images":5}""")]
    [InlineData("Image", """{"model":"black-forest-labs/flux-schnell","prompt":"p","strength":1.5}""")]
    public async Task What_the_schema_does_not_allow_is_refused(string path, string body) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Invalid request parameters"), await SubmitAsync($"generate{path}", body));

    [Theory]
    [InlineData("somebody/new-model")]
    [InlineData("google/imagen4-ultra/text-to-image")]
    [InlineData("Google/Imagen4")]
    public async Task A_model_that_is_not_there_is_not_found(string model) =>
        Assert.Equal(
            (HttpStatusCode.NotFound, "model not found"),
            await SubmitAsync("generateImage", $$"""{"model":"{{model}}","prompt":"p"}"""));

    [Fact]
    public async Task The_price_of_a_model_that_is_not_there_cannot_be_evaluated()
    {
        Assert.Equal(
            (HttpStatusCode.OK, "failed to evaluate price: expression compile failed"),
            await SubmitAsync("calculate", """{"model":"somebody/new-model","prompt":"p"}"""));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Invalid request parameters"),
            await SubmitAsync("calculate", $$"""{"model":"{{Veo}}","prompt":"p","width":640}"""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_quote_needs_what_the_model_needs(bool isStrict) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_param: image is required"),
            await SubmitAsync("calculate", """{"model":"google/veo3.1/image-to-video","prompt":"p"}""", isStrict));

    [Fact]
    public async Task A_lenient_simulator_takes_what_it_does_not_know() =>
        Assert.Equal(
            (HttpStatusCode.OK, ""),
            await SubmitAsync("generateImage", """{"model":"somebody/new","prompt":"p","anything":1}""", false));

    [Fact]
    public async Task In_the_reference_form_the_fields_are_looked_for_under_input()
    {
        var options = new SimulatorOptions { Strict = true, Form = AnswerForm.Reference };
        await using var atlas = await AtlasCaller.StartAsync(options);
        var body = new JsonObject
        {
            ["model"] = Veo, ["input"] = new JsonObject { ["prompt"] = "p", ["duration"] = 4 },
        };

        Assert.Equal(HttpStatusCode.OK, (await atlas.PostAsync("/model/generateVideo", body)).StatusCode);
        body["input"]!["duration"] = 5;
        Assert.Equal(HttpStatusCode.BadRequest, (await atlas.PostAsync("/model/generateVideo", body)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Message)> SubmitAsync(
        string path, string body, bool isStrict = true)
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Strict = isStrict });
        var response = await atlas.PostAsync(
            $"/model/{path}", new StringContent(body, Encoding.UTF8, "application/json"));
        var answer = await AtlasCaller.ReadAsync(response);
        var wasTaken = (int)answer["code"]! == 200;
        Assert.Equal(wasTaken && path != "calculate" ? 1 : 0, atlas.Simulator.Seen.Submissions.Count);
        return (response.StatusCode, (string?)answer["msg"] ?? "");
    }
}
