using AtlasActors.Hosting;
using AtlasActors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AtlasActors.Tests.Hosting;

public class AtlasActorsHostingSpecs
{
    [Fact]
    public async Task One_line_in_a_host_makes_the_folder_and_the_journal_and_answers()
    {
        using var folder = new TempFolder();
        var outputDir = Path.Combine(folder.Path, "out");
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAtlasActors(new AtlasActorsOptions { OutputDir = outputDir, ApiKey = "key" });
        using var host = builder.Build();
        await host.StartAsync();

        var batches = await host.Services.GetRequiredService<IAtlasBatches>().ListAsync();
        await host.StopAsync();

        Assert.Empty(batches);
        Assert.True(File.Exists(Path.Combine(outputDir, ".atlas-actors", "journal.db")));
    }

    [Fact]
    public void The_options_tell_no_key() => Assert.DoesNotContain(
        "s3cret", new AtlasActorsOptions { OutputDir = "out", ApiKey = "s3cret" }.ToString(), StringComparison.Ordinal);
}
