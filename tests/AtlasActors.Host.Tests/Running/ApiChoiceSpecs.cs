using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class ApiChoiceSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("off", false)]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    public void Private_addresses_are_allowed_only_where_somebody_says_so(string? word, bool isAllowed) =>
        Assert.Equal(isAllowed, Choose(word).AllowPrivateAddresses);

    [Fact]
    public void A_word_that_says_neither_is_told() => Assert.Equal(
        "ATLAS_ALLOW_PRIVATE_ADDRESSES is 'ja': give 1 or 0.", Assert.Throws<CommandException>(() => Choose("ja")).Message);

    private ApiChoice.Real Choose(string? word) => ApiChoice.Real.Of(new Variables(
        name => name switch
        {
            "ATLASCLOUD_API_KEY" => "apikey-for-tests",
            "ATLAS_ALLOW_PRIVATE_ADDRESSES" => word,
            _ => null,
        }, _folder.Path));
}
