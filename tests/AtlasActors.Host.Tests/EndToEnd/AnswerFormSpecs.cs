using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AtlasActors.Host.Tests.EndToEnd.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.EndToEnd;

/// <summary>The tutorial's file, to the end, with every server that speaks one of the three answer forms.</summary>
public sealed partial class AnswerFormSpecs : IAsyncLifetime
{
    // What names an answer or a moment, and not what was made; and who told the cost, which one form alone has a word for.
    private static readonly string[] IdsAndTimes =
    [
        "generated_at", "batch_id", "prediction_id", "generation_time", "output_url", "cost_reported",
        "unconfirmed_cost",
    ];

    private static readonly SimulatorOptions Fast = new() { Speed = 500 };

    private readonly ProgramRuns _runs = new();

    public async Task InitializeAsync() => await File.WriteAllTextAsync(_runs.File("weekly.yaml"), TutorialPack.Text);

    public async Task DisposeAsync() => await _runs.DisposeAsync();

    [Theory]
    [InlineData(AnswerForm.Real)]
    [InlineData(AnswerForm.Tutorial)]
    [InlineData(AnswerForm.Reference)]
    [InlineData(AnswerForm.Former)]
    [InlineData(AnswerForm.PredictionId)]
    public async Task The_tutorials_file_runs_to_its_end_in_each_form(AnswerForm form)
    {
        await using var atlas = await AtlasSimulator.StartAsync(Fast with { Form = form });
        await RunAsync(atlas.BaseUrl);
        var results = TutorialPack.Results(_runs.Folder);
        TutorialPack.AssertManifestOf(results);
        Assert.Equal(5, atlas.Seen.SubmitRequests);
        using var client = new HttpClient();
        foreach (var entry in results.Manifest.Results)
            Assert.Equal(await client.GetByteArrayAsync(new Uri(entry.OutputUrl!)), results.BytesOf(entry));
        Assert.Equal(
            atlas.Seen.Submissions.Select(prediction => prediction.Id).Order(),
            results.Manifest.Results.Select(entry => entry.PredictionId).Order());
    }

    [Theory]
    [InlineData(FailureTransport.Ok)]
    [InlineData(FailureTransport.InternalServerError)]
    public async Task The_same_file_gives_the_same_manifest_in_each_form_but_for_ids_and_times(FailureTransport transport)
    {
        var options = Fast with { Faults = new FaultOptions { FailureTransport = transport } };
        var real = await TroubledManifestAsync(options with { Form = AnswerForm.Real });
        Assert.Contains("moderation refused", real, StringComparison.Ordinal);
        Assert.Contains("gives no output", real, StringComparison.Ordinal);
        Assert.Contains("The generation failed: ", real, StringComparison.Ordinal);
        foreach (var form in Enum.GetValues<AnswerForm>())
            Assert.Equal(real, await TroubledManifestAsync(options with { Form = form }));
    }

    [Fact]
    public async Task It_runs_with_a_server_that_knows_the_tutorial_and_nothing_else()
    {
        await using var atlas = await TutorialServer.StartAsync();
        await RunAsync(atlas.BaseUrl);
        var results = TutorialPack.Results(_runs.Folder);
        TutorialPack.AssertManifestOf(results);
        Assert.Equal(5, atlas.Jobs.Count);
        foreach (var entry in results.Manifest.Results)
            Assert.Equal(Assert.Single(atlas.Jobs, job => job.Id == entry.PredictionId).File, results.BytesOf(entry));
        var image = Assert.Single(atlas.Jobs, job => job.Prompt.StartsWith("Ein Bergsee", StringComparison.Ordinal));
        Assert.Equal(
            """{"model":"black-forest-labs/flux-2-pro/text-to-image","prompt":"Ein Bergsee bei Föhn, Enzian am Ufer","size":"64*48"}""",
            image.Compact);
        var video = Assert.Single(atlas.Jobs, job => job.Prompt.StartsWith("Een brug", StringComparison.Ordinal));
        Assert.Equal(
            """{"model":"google/veo3.1/text-to-video","prompt":"Een brug over de IJssel bij avond","duration":8,"resolution":"1080p"}""",
            video.Compact);
    }

    private async Task RunAsync(Uri address)
    {
        _runs.With("ATLASCLOUD_BASE_URL", address.ToString()).With("ATLASCLOUD_API_KEY", "apikey-for-tests");
        var (code, output, error) = await _runs.RunAsync("run", "weekly.yaml");
        Assert.True(code == 0, $"{code}: {output} {error}");
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.StartsWith("warning: weekly.yaml:", line, StringComparison.Ordinal));
        Assert.Contains("[OK] 雨夜的茶馆 II -- USD0.110 -- ", output, StringComparison.Ordinal);
        Assert.Contains("Total cost:   USD 1.2000", output, StringComparison.Ordinal);
    }

    /// <summary>The manifest of a batch in which each thing that can happen to a job happens to one.</summary>
    private static async Task<string> TroubledManifestAsync(SimulatorOptions options)
    {
        await using var runs = new ProgramRuns();
        await runs.WithAtlasAsync(options);
        runs.WithImages("trouble.yaml", "a lake", "[fail] a lake", "[moderation] a lake", "[empty] a lake", "a hill");
        var ended = await runs.RunAsync("run", "trouble.yaml");
        Assert.True(ended.Code == 3, $"{ended.Code}: {ended.Out} {ended.Error}");
        var manifest = JsonNode.Parse(new ResultFolder(runs.Folder, "pipeline_output").ManifestText)!.AsObject();
        foreach (var part in manifest["results"]!.AsArray().Select(result => result!.AsObject()).Append(manifest))
            foreach (var name in IdsAndTimes)
                part.Remove(name);
        return Request().Replace(manifest.ToJsonString(), "");
    }

    [GeneratedRegex(@" \(request [0-9a-f]{32}\)")]
    private static partial Regex Request();
}
