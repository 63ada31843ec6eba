using AtlasActors.BatchFiles;
using AtlasActors.Tests.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.Models;

/// <summary>What is told of a job that its model does not take as it is.</summary>
public class ModelRuleSpecs
{
    private const string Veo = "google/veo3.1/text-to-video";
    private const string Seedance = "bytedance/seedance-v1.5-pro/text-to-video";
    private const string Flux = "black-forest-labs/flux-2-pro/text-to-image";
    private const string Imagen = "google/imagen4-ultra";

    [Theory]
    [InlineData("video", Veo, "duration: 10", $"duration: {Veo} takes 4, 6 or 8 seconds, found 10; did you mean 8?")]
    [InlineData("video", Veo, "duration: 5s", $"duration: {Veo} takes 4, 6 or 8 seconds, found 5; did you mean 4?")]
    [InlineData("video", Veo, "duration: -1", $"duration: {Veo} takes 4, 6 or 8 seconds, found -1; did you mean 4?")]
    [InlineData("video", Veo, "duration: 6, resolution: 1080p",
        $"duration: {Veo} takes 8 seconds when 'resolution' is 1080p, found 6; or write 'resolution: 720p'")]
    [InlineData("video", Veo, "duration: 10, resolution: 4k",
        $"duration: {Veo} takes 4, 6 or 8 seconds, found 10; did you mean 8?")]
    [InlineData("video", "minimax/hailuo-02/t2v-standard", "duration: 8",
        "duration: minimax/hailuo-02/t2v-standard takes 6 or 10 seconds, found 8; did you mean 6?")]
    [InlineData("video", "google/veo3.1/image-to-video", "",
        "image: 'image' is missing; google/veo3.1/image-to-video makes no video without it")]
    [InlineData("video", "google/veo3.1/image-to-video", "image: ''", "image: 'image' is empty")]
    [InlineData("video", "google/veo3.1/image-to-video", "imgae: 'https://x'",
        "imgae: unknown key 'imgae'; did you mean 'image'?")]
    [InlineData("image", "google/nano-banana-2/edit", "",
        "images: 'images' is missing; google/nano-banana-2/edit makes no image without it")]
    [InlineData("video", "google/veo3.1/reference-to-video",
        "images: ['https://a', 'https://b', 'https://c', 'https://d']",
        "images: google/veo3.1/reference-to-video takes at most 3, found 4")]
    [InlineData("image", Veo, "", $"model: {Veo} makes videos, and this is an image; write 'type: video'")]
    [InlineData("video", Flux, "", $"model: {Flux} makes images, and this is a video; write 'type: image'")]
    [InlineData("image", Flux, "size: 10x10, width: 5", "width: 'size' says this already; write one of them")]
    [InlineData("image", Flux, "params: {width: 5}",
        "params.width: 'width' is a field of the job itself; write it beside 'params', not in it")]
    [InlineData("image", "google/imagen4", "resolution: 1k",
        "resolution: 'resolution' is for videos, and this is an image; an image has 'width' and 'height'")]
    public void What_is_surely_refused_is_a_fault(string type, string model, string fields, string fault)
    {
        var reading = Read(type, model, fields);

        Assert.Equal(["jobs[1]." + fault], reading.Faults.Select(Words));
        Assert.Null(reading.Definition);
    }

    [Theory]
    [InlineData("video", Seedance, "resolution: 1080p",
        $"resolution: {Seedance} is known to take 480p or 720p; 1080p is sent all the same",
        "\"resolution\":\"1080p\"")]
    [InlineData("video", Seedance, "duration: 15",
        $"duration: {Seedance} is known to take 4 to 12 seconds; 15 is sent all the same; did you mean 12?",
        "\"duration\":15")]
    [InlineData("video", "bytedance/seedance-2.0/text-to-video", "duration: 16",
        "duration: bytedance/seedance-2.0/text-to-video is known to take 4 to 15 seconds, or -1 for what the model "
            + "likes; 16 is sent all the same; did you mean 15?", "\"duration\":16")]
    [InlineData("video", Veo, "aspect_ratio: '9:1'",
        $"aspect_ratio: {Veo} is known to take 16:9 or 9:16; 9:1 is sent all the same; did you mean '9:16'?",
        "\"aspect_ratio\":\"9:1\"")]
    [InlineData("image", "z-image/turbo", "width: 64, height: 64",
        "width: z-image/turbo is known to take 256 to 2048; 64*64 is sent all the same", "\"size\":\"64*64\"")]
    [InlineData("image", Flux, "size: big",
        $"size: {Flux} is known to take a size like 1024*1024; big is sent all the same", "\"size\":\"big\"")]
    [InlineData("image", Imagen, "width: 1000, height: 100",
        $"width: {Imagen} has no 1000x100, but the ratios 1:1, 16:9, 9:16, 4:3 or 3:4; 16:9 is sent; "
            + "write 'aspect_ratio: \"16:9\"'", "\"aspect_ratio\":\"16:9\"")]
    [InlineData("video", Seedance, "negative_prompt: fog",
        $"negative_prompt: {Seedance} is not known to take 'negative_prompt', and it is not sent; "
            + "under 'params' it takes camera_fixed", "\"resolution\":\"720p\"")]
    [InlineData("video", "minimax/hailuo-02/t2v-pro", "duration: 6",
        "duration: minimax/hailuo-02/t2v-pro is not known to take 'duration', and it is not sent; "
            + "under 'params' it takes enable_prompt_expansion", "\"prompt\":\"p\"")]
    [InlineData("image", Flux, "params: {negative_promt: fog}",
        $"params.negative_promt: {Flux} is not known to take 'negative_promt'; it is sent all the same; "
            + "did you mean 'negative_prompt'?", "\"negative_promt\":\"fog\"")]
    [InlineData("image", Flux, "seed: 1, params: {seed: 2}",
        "seed: 'params' has 'seed' too, and that is what is sent; write one of them",
        "\"size\":\"1024*1024\",\"seed\":2")]
    [InlineData("image", "a/b", "seed: 1, params: {seed: 2}",
        "seed: 'params' has 'seed' too, and that is what is sent; write one of them",
        "\"width\":1024,\"height\":1024,\"seed\":2}")]
    [InlineData("image", "google/imagen4-ulta", "",
        "model: 'google/imagen4-ulta' is no model that is known; did you mean 'google/imagen4-ultra'?",
        "\"width\":1024,\"height\":1024")]
    [InlineData("video", "alibaba/wan-2.6/text-to-video", "aspect_ratio: '2:3'",
        "aspect_ratio: alibaba/wan-2.6/text-to-video is known to take a size of 1280*720, 720*1280, 1920*1080, "
            + "1080*1920, 960*960, 1088*832, 832*1088, 1440*1440, 1632*1248 or 1248*1632; 2:3 is not sent",
        "\"duration\":5")]
    public void What_is_not_sure_is_a_warning_and_the_batch_runs(
        string type, string model, string fields, string warning, string sent)
    {
        var reading = Read(type, model, fields);

        Assert.Empty(reading.Faults);
        Assert.Equal(["jobs[1]." + warning], reading.Warnings.Select(Words));
        Assert.Contains(sent, reading.Definition!.Jobs[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_stands_where_its_value_stands()
    {
        var fault = Assert.Single(BatchFileReader.Read(
            $"jobs:\n  - name: n\n    type: video\n    model: {Veo}\n    prompt: p\n    duration: 10",
            "a.yaml").Faults);

        Assert.Equal((6, 15), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("openai/sora-v2/text-to-video", "openai/sora-2/text-to-video")]
    [InlineData("flux-2-flex/text-to-image", "black-forest-labs/flux-2-flex/text-to-image")]
    public void A_model_that_is_listed_no_more_is_told_and_sent_by_its_own_id(string written, string id)
    {
        var reading = Read(written.Contains("video", StringComparison.Ordinal) ? "video" : "image", written, "");

        Assert.Equal(
            [$"jobs[1].model: Atlas lists {id} no more, since 2026-03: it may be refused"],
            reading.Warnings.Select(Words));
        Assert.StartsWith($$"""{"model":"{{id}}",""", reading.Definition!.Jobs[0].Body, StringComparison.Ordinal);
        Assert.Equal(written, reading.Definition.Jobs[0].Model);
    }

    [Theory]
    [InlineData("video", Veo, "", "0.2400")]
    [InlineData("video", Veo, "duration: 4", "0.1200")]
    [InlineData("video", "veo3.1/text-to-video", "", "0.2400")]
    [InlineData("image", "google/imagen4-ultra", "", "0.0600")]
    [InlineData("image", "google/imagen4-ultra/text-to-image", "", "0.0600")]
    [InlineData("video", "bytedance/seedance-2.0/text-to-video", "duration: -1", "1.6800")]
    [InlineData("video", "minimax/hailuo-02/t2v-pro", "", "0.2500")]
    public void A_price_counts_the_seconds_that_are_sent(string type, string model, string fields, string price) =>
        Assert.Equal(price, Read(type, model, fields).Definition!.Price.ToString());

    [Fact]
    public void The_files_price_of_a_model_holds_for_all_its_names() => Assert.Equal(
        "2.0000",
        Faults.None("""
            prices: {google/imagen4-ultra: 1}
            jobs:
              - {name: a, type: image, model: google/imagen4-ultra/text-to-image, prompt: p}
              - {name: b, type: image, model: google/imagen4-ultra, prompt: p}
            """).Price.ToString());

    [Fact]
    public void Common_fields_of_an_unknown_model_are_sent_as_they_are_written() => Assert.Equal(
        """{"model":"a/b","prompt":"p","duration":5,"resolution":"1080p","aspect_ratio":"16:9","image":"https://i","""
        + """
        "last_image":"https://l","images":["https://1"],"seed":1,"negative_prompt":"n","audio":true}
        """,
        Faults.NoneInJob(
            "video", "aspect_ratio: '16:9'", "image: https://i", "last_image: https://l", "images: [https://1]",
            "seed: 1", "negative_prompt: n", "audio: true").Body);

    [Theory]
    [InlineData("size: 512x512", "\"size\":\"512x512\"")]
    [InlineData("aspect_ratio: '4:3'", "\"aspect_ratio\":\"4:3\"")]
    [InlineData("width: 5, aspect_ratio: '4:3'", "\"width\":5,\"height\":1024,\"aspect_ratio\":\"4:3\"")]
    public void The_tutorials_square_gives_way_to_a_shape_that_is_written(string fields, string sent) => Assert.Equal(
        $$"""{"model":"a/b","prompt":"p",{{sent}}}""", Read("image", "a/b", fields).Definition!.Jobs[0].Body);

    private static BatchFileReading Read(string type, string model, string fields) => BatchFileReader.Read(
        $"jobs: [{{name: n, type: {type}, model: {model}, prompt: p, {fields}}}]", "a.yaml");

    private static string Words(FileFault fault) => fault.In("a").Split(": ", 2)[1];
}
