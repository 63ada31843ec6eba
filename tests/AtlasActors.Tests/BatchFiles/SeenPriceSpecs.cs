using AtlasActors.Costs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>Which price a job is planned with: the file's, the usual one, one that the catalog saw, or none.</summary>
public sealed class SeenPriceSpecs : IDisposable
{
    private readonly RowFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("audio", "suno/chirp-v5", "0.1300", PriceBasis.Seen)]
    [InlineData("video", "google/veo3.1-fast/text-to-video", "0.8000", PriceBasis.Seen)]
    [InlineData("video", "veo3.1-fast/text-to-video", "0.8000", PriceBasis.Seen)]
    [InlineData("video", "google/veo3.1/text-to-video", "0.2400", PriceBasis.Table)]
    [InlineData("image", "google/imagen4-ultra", "0.0600", PriceBasis.Table)]
    [InlineData("video", "openai/sora-2/text-to-video", "0.6000", PriceBasis.Table)]
    [InlineData("audio", "xai/tts-v1", "0.0500", PriceBasis.Assumed)]
    [InlineData("image", "who/knows", "0.0500", PriceBasis.Assumed)]
    public void The_usual_prices_go_before_those_that_were_seen(
        string type, string model, string price, PriceBasis basis)
    {
        var job = Faults.None($"jobs: [{{name: n, type: {type}, model: {model}, prompt: p}}]").Jobs[0];

        Assert.Equal((price, basis), (job.Price.ToString(), job.PriceBasis!.Value));
    }

    [Fact]
    public void The_files_own_price_goes_before_all()
    {
        var job = Faults.None("""
            prices: {suno/chirp-v5: 0.2}
            jobs: [{name: n, type: audio, model: suno/chirp-v5, prompt: p}]
            """).Jobs[0];

        Assert.Equal(("0.2000", PriceBasis.Table), (job.Price.ToString(), job.PriceBasis!.Value));
    }

    [Fact]
    public void A_price_of_ones_own_file_of_models_is_one_that_was_seen()
    {
        _files.With("models: {my/one: {kind: image, price: {per_image: 0.3}}}", "mine.yaml");
        var reading = _files.Read("models: mine.yaml\njobs: [{name: n, type: image, model: my/one, prompt: p}]");
        var estimate = Assert.Single(BatchEstimate.Of(reading.Definition!, reading.Prices).ByModel);

        Assert.Equal(("0.3000", "?", false), (estimate.Price.ToString(), estimate.SeenAt, estimate.IsAssumed));
    }
}
