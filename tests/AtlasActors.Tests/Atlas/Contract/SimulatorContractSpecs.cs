using AtlasActors.Atlas;
using AtlasActors.Simulator;
using Xunit;
using UploadedFile = AtlasActors.Atlas.UploadedFile;

namespace AtlasActors.Tests.Atlas.Contract;

/// <summary>The client's calls that cost nothing, with the simulator in each of its answer forms.</summary>
public sealed class SimulatorContractSpecs
{
    private const string Video =
        """{"model":"bytedance/seedance-v1.5-pro/text-to-video","prompt":"waves","duration":5}""";

    [Theory]
    [InlineData(AnswerForm.Real)]
    [InlineData(AnswerForm.Tutorial)]
    [InlineData(AnswerForm.Reference)]
    public async Task An_uploaded_file_lies_where_the_answer_says(AnswerForm form)
    {
        await using var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Form = form });
        using var api = ApiOf(atlas);
        byte[] picture = [.. Enumerable.Range(0, 200_000).Select(value => (byte)value)];

        var answer = await api.Uploads.UploadAsync(
            new MemoryStream(picture), "Größe.png", "image/png", CancellationToken.None);

        var file = Assert.IsType<FreeAnswer<UploadedFile>.Told>(answer).Value;
        using var client = new HttpClient();
        Assert.Equal(picture, await client.GetByteArrayAsync(new Uri(file.Url)));
        Assert.Equal(1, atlas.Seen.Uploads);
    }

    [Fact]
    public async Task A_quote_the_models_and_the_balance_are_told()
    {
        await using var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Balance = 12.5m });
        using var api = ApiOf(atlas);

        var quote = await api.Inquiries.QuoteAsync(Video, CancellationToken.None);
        var models = await api.Inquiries.ListModelsAsync(CancellationToken.None);
        var balance = await api.Inquiries.BalanceAsync(CancellationToken.None);

        Assert.Equal(0.11m, Assert.IsType<FreeAnswer<Quote>.Told>(quote).Value.Price);
        var rows = Assert.IsType<FreeAnswer<IReadOnlyList<ListedModel>>.Told>(models).Value;
        Assert.Contains(rows, row => row is { Id: "google/veo3.1/text-to-video", Type: "Video", Price.Base: > 0 });
        Assert.Equal(12.5m, Assert.IsType<FreeAnswer<Balance>.Told>(balance).Value.Available);
        Assert.Empty(atlas.Seen.Submissions);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_the_request_s_id()
    {
        await using var atlas = await AtlasSimulator.StartAsync(new SimulatorOptions { Keys = ["apikey-another"] });
        using var api = ApiOf(atlas);

        var refused = Assert.IsType<FreeAnswer<Balance>.KeyRefused>(
            await api.Inquiries.BalanceAsync(CancellationToken.None));

        Assert.Equal(32, refused.Failure.RequestId?.Length);
    }

    private static AtlasApi ApiOf(AtlasSimulator atlas) => new(
        new AtlasApiOptions { BaseUrl = atlas.BaseUrl, ApiKey = "apikey-for-tests" }, TimeProvider.System, () => 0.5);
}
