using AtlasActors.BatchFiles;
using AtlasActors.Costs;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>Prices that a host gives for all batch files.</summary>
public class GivenPriceSpecs
{
    private const string Model = "black-forest-labs/flux-2-pro/text-to-image";

    private static readonly Dictionary<string, ModelPrice> Given = new()
    {
        [Model] = new(new Usd(0.5m), PriceUnit.Image),
        ["google/imagen4-ultra"] = new(new Usd(0.7m), PriceUnit.Usual),
    };

    [Fact]
    public void They_stand_over_the_usual_ones_and_the_file_s_own_over_them()
    {
        Assert.Equal(new Usd(0.04m), Price(Model, given: false));
        Assert.Equal(new Usd(0.5m), Price(Model));
        Assert.Equal(new Usd(0.9m), Price(Model, $"prices: {{ {Model}: 0.9 }}\n"));
        Assert.Equal(new Usd(0.05m), Price("who/knows"));
    }

    [Fact]
    public void One_under_a_name_of_a_model_holds_for_its_others() =>
        Assert.Equal(new Usd(0.7m), Price("google/imagen4-ultra/text-to-image"));

    [Fact]
    public void They_hold_for_files_that_were_sent_along_with_others_too() => Assert.Equal(
        new Usd(0.5m), BatchFileReader.ReadSent(File(Model, ""), "some.yaml", Path.GetTempPath(), Given).Definition!.Price);

    private static Usd Price(string model, string more = "", bool given = true) =>
        BatchFileReader.Read(File(model, more), "some.yaml", prices: given ? Given : null).Definition!.Price;

    private static string File(string model, string more) =>
        $"{more}jobs:\n  - {{ name: one, type: image, model: {model}, prompt: p }}\n";
}
