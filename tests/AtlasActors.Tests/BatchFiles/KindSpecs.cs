using AtlasActors.BatchFiles;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>Jobs that make neither an image nor a video.</summary>
public class KindSpecs
{
    [Theory]
    [InlineData("{name: n, type: audio, model: a/b, prompt: hello}", """{"model":"a/b","prompt":"hello"}""")]
    [InlineData("{name: n, type: audio, model: a/b, duration: 12, params: {text: hello}}",
        """{"model":"a/b","duration":12,"text":"hello"}""")]
    [InlineData("{name: n, type: 3d, model: a/b, image: 'https://x/a.png'}",
        """{"model":"a/b","image":"https://x/a.png"}""")]
    [InlineData("{name: n, type: image, model: a/b, size: 8x8, image: 'https://x/a.png'}",
        """{"model":"a/b","size":"8x8","image":"https://x/a.png"}""")]
    [InlineData("{name: n, type: audio, model: xai/stt-v1, audio: 'https://x/a.mp3'}",
        """{"model":"xai/stt-v1","audio":"https://x/a.mp3"}""")]
    [InlineData("{name: n, type: audio, model: xai/tts-v1, prompt: hello}",
        """{"model":"xai/tts-v1","text":"hello"}""")]
    public void A_job_is_sent_what_is_written_and_no_default_of_images_and_videos(string job, string body) =>
        Assert.Equal(body, Faults.None($"jobs: [{job}]").Jobs[0].Body);

    [Theory]
    [InlineData("audio", "width: 8", "'width' is for images, and this is a sound")]
    [InlineData("audio", "size: 8x8", "'size' is for images, and this is a sound")]
    [InlineData("audio", "resolution: 720p", "'resolution' is for videos, and this is a sound")]
    [InlineData("3d", "height: 8", "'height' is for images, and this is a 3D model")]
    [InlineData("3d", "aspect_ratio: '1:1'", "'aspect_ratio' is for images, and this is a 3D model")]
    [InlineData("3d", "duration: 5", "'duration' is for videos, and this is a 3D model")]
    [InlineData("3d", "resolution: 2k", "'resolution' is for videos, and this is a 3D model")]
    public void What_a_job_of_its_kind_has_not_is_a_fault(string type, string field, string message) =>
        Assert.Equal(
            [message],
            Faults.Of($"jobs: [{{name: n, type: {type}, model: a/b, prompt: p, {field}}}]")
                .Select(fault => fault[(fault.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]));

    [Theory]
    [InlineData("audio", "xai/tts-v1", "params: {text: a}, prompt: b", "'params' has 'text' too, and that is what is sent")]
    [InlineData("audio", "xai/stt-v1", "audio: 'https://x', prompt: b", "is not known to take a prompt, and it is not sent")]
    public void A_prompt_that_is_not_sent_is_told(string type, string model, string fields, string message)
    {
        var reading = Read($"jobs: [{{name: n, type: {type}, model: {model}, {fields}}}]");

        Assert.Empty(reading.Faults);
        Assert.Contains(message, Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: image, model: a/b")]
    [InlineData("type: video, model: google/veo3.1/text-to-video")]
    [InlineData("type: audio, model: xai/tts-v1")]
    public void A_prompt_is_missed_where_nothing_can_be_made_without(string job) =>
        Assert.EndsWith("'prompt' is missing", Assert.Single(Faults.Of($"jobs: [{{name: n, {job}}}]")));

    [Fact]
    public void A_model_says_which_kind_it_is_of() => Assert.Contains(
        "xai/tts-v1 makes sounds, and this is a video; write 'type: audio'",
        Assert.Single(Faults.Of("jobs: [{name: n, type: video, model: xai/tts-v1, prompt: p}]")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("audio", "a/b", "", "0.0500")]
    [InlineData("audio", "a/s", "duration: 10", "0.1000")]
    [InlineData("audio", "a/s", "", "0.3000")]
    [InlineData("audio", "a/j", "", "0.2000")]
    [InlineData("3d", "a/j", "", "0.2000")]
    [InlineData("3d", "a/u", "", "0.4000")]
    public void Sounds_and_3D_models_are_priced_by_the_job_or_where_it_is_said_by_the_second(
        string type, string model, string field, string price) =>
        Assert.Equal(price, Faults.None(
            "prices: {a/s: {per_second: 0.01}, a/j: {per_job: 0.2}, a/u: 0.4}\n"
            + $"jobs: [{{name: n, type: {type}, model: {model}, prompt: p, {field}}}]").Jobs[0].Price.ToString());

    [Theory]
    [InlineData("3d", "per_second", "a job makes a 3D model with this model; write 'per_job'")]
    [InlineData("audio", "per_image", "a job makes a sound with this model; write 'per_second' or 'per_job'")]
    public void A_price_by_what_a_job_does_not_make_is_a_fault(string type, string unit, string message) =>
        Assert.EndsWith(message, Assert.Single(Faults.Of(
            $"prices: {{a/b: {{{unit}: 0.01}}}}\njobs: [{{name: n, type: {type}, model: a/b, prompt: p}}]")));

    [Fact]
    public void Each_kind_has_a_patience_of_its_own() => Assert.Equal(
        [300, 600, 300, 600], Enum.GetValues<MediaKind>().Select(kind => JobPolicy.For(kind).MaxWait.TotalSeconds));

    [Fact]
    public void Each_kind_has_a_word_a_folder_and_an_endpoint() => Assert.Equal(
        ["image images generateImage", "video videos generateVideo", "audio audio generateAudio", "3d models generateImage"],
        Enum.GetValues<MediaKind>().Select(kind => $"{kind.Word()} {kind.Folder()} {kind.Endpoint()}"));

    private static BatchFileReading Read(string text) => BatchFileReader.Read(text, "a.yaml");
}
