using System.Net;
using System.Text.Json.Nodes;
using AtlasActors.Host.Tests.Simulator.Support;
using AtlasActors.Simulator;
using AtlasActors.Simulator.Models;
using Xunit;

namespace AtlasActors.Host.Tests.Simulator;

public sealed class ModelListSpecs
{
    public static TheoryData<string> Models => [.. SimulatedModels.All.Select(model => model.Id)];

    [Fact]
    public async Task The_models_and_their_schemas_are_there_without_a_key()
    {
        await using var atlas = await AtlasCaller.StartAsync();
        atlas.Http.DefaultRequestHeaders.Authorization = null;

        var rows = (await AtlasCaller.ReadAsync(await atlas.GetAsync("/models")))["data"]!.AsArray();

        Assert.True(rows.Count >= 12);
        foreach (var row in rows)
        {
            var document = await AtlasCaller.ReadAsync(await atlas.Http.GetAsync(new Uri((string)row!["schema"]!)));
            Assert.Equal((string)row["model"]!, (string)document["info"]!["title"]!);
        }
    }

    [Fact]
    public async Task A_row_has_type_categories_and_both_prices()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var rows = (await AtlasCaller.ReadAsync(await atlas.GetAsync("/models")))["data"]!.AsArray();
        var row = rows.Single(row => (string)row!["model"]! == "bytedance/seedream-v5.0-pro/text-to-image")!;

        Assert.Equal("Image", (string)row["type"]!);
        Assert.Equal("TEXT-TO-IMAGE", (string)row["categories"]![0]!);
        Assert.Equal("80", (string)row["price"]!["discount"]!);
        Assert.Equal("0.052", (string)row["price"]!["actual"]!["base_price"]!);
        Assert.Equal("0.065", (string)row["price"]!["origin"]!["base_price"]!);
        Assert.Superset(
            new HashSet<string> { "Image", "Video", "Audio" },
            rows.Select(other => (string)other!["type"]!).ToHashSet());
        Assert.Contains(rows, other => !(bool)other!["display_console"]!);
    }

    [Fact]
    public async Task A_model_that_only_the_options_price_is_listed_without_a_schema()
    {
        var prices = new Dictionary<string, decimal> { ["somebody/new-video"] = 0.3m, ["google/imagen4"] = 0.5m };
        await using var atlas = await AtlasCaller.StartAsync(new SimulatorOptions { Prices = prices });

        var rows = (await AtlasCaller.ReadAsync(await atlas.GetAsync("/models")))["data"]!.AsArray();

        var row = rows.Single(row => (string)row!["model"]! == "somebody/new-video")!.AsObject();
        Assert.Equal("Video", (string)row["type"]!);
        Assert.False(row.ContainsKey("schema"));
        Assert.Single(rows, other => (string)other!["model"]! == "google/imagen4");
        Assert.Equal("0.5", (string)rows.Single(
            other => (string)other!["model"]! == "google/imagen4")!["price"]!["actual"]!["base_price"]!);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_schema_names_its_fields_in_order_and_requires_only_those(string id)
    {
        var model = SimulatedModels.Find(id)!;
        var document = SchemaDocument.Of(model, "http://127.0.0.1:1");

        var input = document["components"]!["schemas"]!["Input"]!;
        var names = input["properties"]!.AsObject().Select(property => property.Key).ToArray();
        Assert.Equal(names, Words(input["x-order-properties"]!));
        Assert.Subset(names.ToHashSet(), Words(input["required"]!).ToHashSet());
        Assert.NotNull(document["components"]!["schemas"]!["PredictionResponse"]);
        Assert.Equal("http://127.0.0.1:1", (string)document["servers"]![0]!["url"]!);
        Assert.NotNull(document["paths"]![$"/api/v1/model/generate{model.Kind}"]!["post"]);
        Assert.NotNull(document["paths"]!["/api/v1/model/prediction/{request_id}"]!["get"]);
    }

    [Fact]
    public async Task A_schema_tells_choices_limits_and_defaults()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var document = await AtlasCaller.ReadAsync(
            await atlas.GetAtHostAsync("/model/schema/google-veo3.1-text-to-video.json"));

        var fields = document["components"]!["schemas"]!["Input"]!["properties"]!;
        Assert.Equal([4, 6, 8], fields["duration"]!["enum"]!.AsArray().Select(value => (int)value!));
        Assert.Equal(8, (int)fields["duration"]!["default"]!);
        Assert.Equal(-1, (int)fields["seed"]!["minimum"]!);
    }

    [Fact]
    public async Task No_other_schema_is_there()
    {
        await using var atlas = await AtlasCaller.StartAsync();

        var response = await atlas.GetAtHostAsync("/model/schema/somebody-new.json");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static IEnumerable<string> Words(JsonNode words) => words.AsArray().Select(word => (string)word!);
}
