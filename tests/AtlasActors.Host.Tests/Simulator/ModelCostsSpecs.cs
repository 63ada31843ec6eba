using System.Net;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

/// <summary>The clock of these begins on 2 March 2026 at six in the morning, UTC.</summary>
public sealed class ModelCostsSpecs
{
    private const string Flux = "black-forest-labs/flux-2-pro/text-to-image";
    private const string Seedance = "bytedance/seedance-v1.5-pro/text-to-video";

    [Fact]
    public async Task Charges_are_summed_by_day_and_model_and_today_is_partial()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync();
        await atlas.SubmitImageAsync("[fail] a lake");
        await atlas.SubmitVideoAsync("waves", ("duration", 5));
        atlas.Clock.Advance(TimeSpan.FromDays(1));
        await atlas.SubmitImageAsync();
        await atlas.SubmitImageAsync();
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var costs = await CostsAsync(atlas, "start_date=2026-03-02&end_date=2026-03-10&group_by[]=model");

        var days = costs["data"]!.AsArray();
        Assert.Equal(["2026-03-02", "2026-03-03"], days.Select(day => (string)day!["date"]!));
        Assert.Equal([false, true], days.Select(day => (bool)day!["partial"]!));
        Assert.Equal([(Flux, "0.040000"), (Seedance, "0.110000")], Results(days[0]!));
        Assert.Equal([(Flux, "0.080000")], Results(days[1]!));
        Assert.False((bool)costs["has_more"]!);
    }

    [Fact]
    public async Task Without_a_group_there_is_one_sum_a_day()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync();
        await atlas.SubmitVideoAsync("waves", ("duration", 5));
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        var costs = await CostsAsync(atlas, "start_date=2026-03-02&end_date=2026-03-03");

        var result = Assert.Single(costs["data"]![0]!["results"]!.AsArray())!;
        Assert.Equal("0.150000", (string)result["amount"]!["value"]!);
        Assert.Equal("usd", (string)result["amount"]!["currency"]!);
    }

    [Fact]
    public async Task Only_the_models_and_types_that_were_asked_for_are_summed()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync();
        await atlas.SubmitVideoAsync("waves", ("duration", 5));
        atlas.Clock.Advance(TimeSpan.FromHours(1));
        const string days = "start_date=2026-03-02&end_date=2026-03-03&group_by[]=model";

        var videos = await CostsAsync(atlas, $"{days}&model_types[]=video");
        var flux = await CostsAsync(atlas, $"{days}&model_ids[]={Flux}");

        Assert.Equal([(Seedance, "0.110000")], Results(videos["data"]![0]!));
        Assert.Equal([(Flux, "0.040000")], Results(flux["data"]![0]!));
    }

    [Fact]
    public async Task Pages_follow_each_other_by_their_cursor()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync();
        atlas.Clock.Advance(TimeSpan.FromDays(4));
        const string query = "start_date=2026-03-02&end_date=2026-03-30&limit=2";

        List<string> dates = [];
        string? page = null;
        do
        {
            var costs = await CostsAsync(atlas, page is null ? query : $"{query}&page={page}");
            dates.AddRange(costs["data"]!.AsArray().Select(day => (string)day!["date"]!));
            page = (string?)costs["next_page"];
            Assert.Equal(page is not null, (bool)costs["has_more"]!);
        }
        while (page is not null);

        Assert.Equal(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"], dates);
    }

    [Fact]
    public async Task An_account_sees_its_own_charges_only()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        await atlas.SubmitImageAsync();
        atlas.Clock.Advance(TimeSpan.FromHours(1));

        atlas.UseKey("apikey-2");

        var costs = await CostsAsync(atlas, "start_date=2026-03-02&end_date=2026-03-03&group_by[]=model");
        Assert.Empty(costs["data"]![0]!["results"]!.AsArray());
    }

    [Theory]
    [InlineData("", "start_date", "invalid_date_range")]
    [InlineData("start_date=2026-03-02", "end_date", "invalid_date_range")]
    [InlineData("start_date=2026-03-02&end_date=2026-03-02", "end_date", "invalid_date_range")]
    [InlineData("start_date=2.3.2026&end_date=2026-03-03", "start_date", "invalid_date_range")]
    [InlineData("start_date=2026-01-01&end_date=2026-07-01", "end_date", "invalid_date_range")]
    [InlineData("start_date=2026-03-02&end_date=2026-03-03&limit=0", "limit", "invalid_parameter")]
    [InlineData("start_date=2026-03-02&end_date=2026-03-03&page=x", "page", "invalid_parameter")]
    [InlineData(
        "start_date=2026-03-02&end_date=2026-03-03&group_by[]=model,api_key", "group_by[]", "invalid_parameter")]
    public async Task What_cannot_be_asked_is_refused_in_billings_own_words(string query, string param, string code)
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.GetAtHostAsync($"/public/v1/model-costs?{query}");
        var answer = await AtlasCaller.ReadAsync(response);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request_error", (string)answer["error"]!["type"]!);
        Assert.Equal((code, param), ((string)answer["error"]!["code"]!, (string)answer["error"]!["param"]!));
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_billings_own_words()
    {
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Keys = ["apikey-other"] });

        var response = await atlas.GetAtHostAsync("/public/v1/balance");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_api_key", (string)(await AtlasCaller.ReadAsync(response))["error"]!["code"]!);
    }

    private static async Task<JsonObject> CostsAsync(AtlasCaller atlas, string query) =>
        await AtlasCaller.ReadAsync(await atlas.GetAtHostAsync($"/public/v1/model-costs?{query}"));

    private static IEnumerable<(string, string)> Results(JsonNode day) => day["results"]!.AsArray()
        .Select(result => ((string)result!["model"]!, (string)result["amount"]!["value"]!));
}
