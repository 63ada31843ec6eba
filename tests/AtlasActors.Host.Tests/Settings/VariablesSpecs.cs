using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Settings;

public sealed class VariablesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        WriteEnv("ATLAS_API_KEY=from-file");
        _environment["ATLAS_API_KEY"] = "from-environment";
        Assert.Equal("from-environment", Read().Find("ATLAS_API_KEY"));
    }

    [Fact]
    public void A_blank_variable_is_none_and_the_file_has_its_say()
    {
        WriteEnv("ATLAS_API_KEY=from-file");
        _environment["ATLAS_API_KEY"] = "  ";
        Assert.Equal("from-file", Read().Find("ATLAS_API_KEY"));
    }

    [Fact]
    public void Quotes_comments_and_export_are_read_as_shells_read_them()
    {
        WriteEnv("# the key\nexport ATLAS_API_KEY=\"in quotes\"\nOTHER='single' # why\n");
        Assert.Equal("in quotes", Read().Find("ATLAS_API_KEY"));
        Assert.Equal("single", Read().Find("OTHER"));
    }

    [Fact]
    public void The_file_does_not_change_the_environment_of_the_process()
    {
        WriteEnv("ATLAS_ACTORS_TEST_LEAK=leaked");
        Assert.Equal("leaked", Read().Find("ATLAS_ACTORS_TEST_LEAK"));
        Assert.Null(Environment.GetEnvironmentVariable("ATLAS_ACTORS_TEST_LEAK"));
    }

    [Fact]
    public void Without_a_file_there_is_nothing() => Assert.Null(Read().Find("ATLAS_API_KEY"));

    [Fact]
    public void A_file_that_makes_no_sense_is_told_without_quoting_it()
    {
        WriteEnv("apikey-secret without a name\n");
        var told = Assert.Throws<CommandException>(() => Read().Find("ATLAS_API_KEY"));
        Assert.Equal(ExitCode.BadUsage, told.Code);
        Assert.Contains(".env", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATLASCLOUD_API_KEY", "ATLAS_CLOUD_API_KEY")]
    [InlineData("ATLAS_CLOUD_API_KEY", "ATLAS_API_KEY")]
    public void The_key_comes_from_the_first_variable_that_is_set(string first, string second)
    {
        _environment[second] = "second";
        Assert.Equal("second", ApiKey.Require(Read()));
        _environment[first] = "first";
        Assert.Equal("first", ApiKey.Require(Read()));
    }

    [Fact]
    public void Without_a_key_one_sentence_names_the_variable_and_the_rehearsal()
    {
        var told = Assert.Throws<CommandException>(() => ApiKey.Require(Read()));
        Assert.Equal(ExitCode.BadUsage, told.Code);
        Assert.Contains("ATLASCLOUD_API_KEY", told.Message, StringComparison.Ordinal);
        Assert.Contains("--simulate", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_no_header_can_carry_is_refused_without_showing_it()
    {
        _environment["ATLAS_API_KEY"] = "two words";
        var told = Assert.Throws<CommandException>(() => ApiKey.Require(Read()));
        Assert.Contains("ATLAS_API_KEY", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.atlascloud.ai/api/v1")]
    [InlineData("ftp://example.org")]
    [InlineData("https://")]
    public void An_address_that_is_none_is_refused(string address)
    {
        _environment["ATLASCLOUD_BASE_URL"] = address;
        var told = Assert.Throws<CommandException>(() => Endpoint.Find(Read()));
        Assert.Contains("ATLASCLOUD_BASE_URL", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080/api/v1/", "http://localhost:8080/api/v1")]
    [InlineData("HTTPS://API.Atlascloud.ai/api/v1", "https://api.atlascloud.ai/api/v1")]
    [InlineData("https://me:secret@proxy.example/v1?token=x", "https://proxy.example/v1")]
    public void An_address_has_one_name_however_it_is_written(string address, string name) =>
        Assert.Equal(name, Endpoint.NameOf(new Uri(address)));

    private Variables Read() => new(name => _environment.GetValueOrDefault(name), _folder.Path);

    private void WriteEnv(string text) => File.WriteAllText(_folder.File(".env"), text);
}
