using AtlasActors.Jobs;
using AtlasActors.Models;
using Xunit;

namespace AtlasActors.Tests.Models;

public class ModelCatalogSpecs
{
    private static readonly ModelCatalog Catalog = ModelCatalog.Default;

    [Fact]
    public void The_librarys_catalog_names_a_hundred_models_each_with_what_it_makes()
    {
        Assert.True(Catalog.Entries.Count >= 100);
        Assert.Equal(Catalog.Entries.Count, Catalog.Entries.Select(entry => entry.Id).Distinct().Count());
        Assert.DoesNotContain(Catalog.Entries, entry => entry.IsOwn);
        Assert.All(Catalog.Entries, entry => Assert.Same(entry, Catalog.Find(entry.Id)));
    }

    [Theory]
    [InlineData("google/imagen4-ultra/text-to-image", "google/imagen4-ultra")]
    [InlineData("openai/sora-v2/text-to-video", "openai/sora-2/text-to-video")]
    [InlineData("flux-2-pro/text-to-image", "black-forest-labs/flux-2-pro/text-to-image")]
    [InlineData("seedance-v1.5-pro/text-to-video", "bytedance/seedance-v1.5-pro/text-to-video")]
    [InlineData("imagen4-ultra/text-to-image", "google/imagen4-ultra")]
    [InlineData("sora-v2/text-to-video", "openai/sora-2/text-to-video")]
    public void The_tutorials_ids_and_ends_of_ids_are_found(string written, string id) =>
        Assert.Equal(id, Catalog.Find(written)?.Id);

    [Theory]
    [InlineData("text-to-video")]
    [InlineData("imagen4-ultra")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("GOOGLE/VEO3.1/TEXT-TO-VIDEO")]
    public void Nothing_else_is(string written) => Assert.Null(Catalog.Find(written));

    [Theory]
    [InlineData("google/veo3.1/text-to-vidoe", "google/veo3.1/text-to-video")]
    [InlineData("black-forest-labs/flux2-pro/text-to-image", "black-forest-labs/flux-2-pro/text-to-image")]
    [InlineData("google/veo3.2/text-to-video", null)]
    [InlineData("bytedance/seedance-v1.6-pro/text-to-video", null)]
    [InlineData("a/b", null)]
    public void A_slip_is_told_from_a_model_that_is_new(string written, string? meant) =>
        Assert.Equal(meant, Catalog.Meant(written));

    [Fact]
    public void A_price_says_for_what_it_is_and_when_it_was_seen()
    {
        var price = Catalog.Find("google/veo3.1/text-to-video")!.Price!;

        Assert.Equal(("0.4000", "2026-09-29"), (price.Price.Rate.ToString(), price.AsOf));
        Assert.All(Catalog.Entries, entry => Assert.True(entry.Price is null or { AsOf: not null }));
    }

    [Fact]
    public void What_one_needs_an_image_for_is_an_error_to_leave_out() => Assert.All(
        Catalog.Entries.Where(entry => entry.Id.Contains("image-to-video", StringComparison.Ordinal)),
        entry => Assert.True(entry.Field(CommonField.Image)!.IsRequired));

    [Fact]
    public void Every_common_field_has_a_word_of_its_own()
    {
        var fields = Enum.GetValues<CommonField>();

        Assert.Equal(fields.Length, fields.Select(CommonFields.Word).Distinct().Count());
    }

    [Fact]
    public void All_kinds_are_there() => Assert.Equal(
        Enum.GetValues<MediaKind>(), Catalog.Entries.Select(entry => entry.Kind).Distinct().Order());
}
