using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Hosting;

/// <summary>The example programs, as processes of their own, against a simulator.</summary>
public class SampleProgramSpecs
{
    private const string BatchFile = """
        output_dir: pictures
        poll: { initial: 20ms, multiplier: 1.5, max: 200ms }
        jobs:
          - { name: One, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: One, width: 64, height: 64 }
          - { name: Two, type: image, model: black-forest-labs/flux-2-pro/text-to-image, prompt: Two, width: 64, height: 64 }
        """;

    [Fact]
    public async Task Three_lines_make_pictures()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var run = await RunAsync("ThreeLines", surroundings);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal("The batch is Finished: 2 of 2 are there, USD 0.0800 spent.", run.Out[^1]);
        Assert.Contains("One: Succeeded", run.Out);
        Assert.True(File.Exists(Path.Combine(surroundings.Folder, "pictures", "images", "two.png")));
    }

    [Fact]
    public async Task An_actor_of_an_existing_system_orders_pictures_by_message_and_its_journal_is_its_own()
    {
        await using var surroundings = await Surroundings.StartAsync();
        var run = await RunAsync("ExistingAkkaSystem", surroundings);

        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(("order-17 is new.", "Finished: 2 of 2 are there, USD 0.0800 spent."), (run.Out[0], run.Out[^1]));
        Assert.Contains("Two: Succeeded", run.Out);
        Assert.Equal(["studio"], Database.PersistenceIds(Path.Combine(surroundings.Folder, "shop.db")));

        var again = await RunAsync("ExistingAkkaSystem", surroundings);

        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(("order-17 was placed before.", "Finished: 2 of 2 are there, USD 0.0800 spent."), (again.Out[0], again.Out[^1]));
        Assert.Equal(2, surroundings.Seen.Submissions.Count);
    }

    private static async Task<SampleRun> RunAsync(string name, Surroundings surroundings)
    {
        var file = Path.Combine(surroundings.Folder, "batch.yaml");
        await File.WriteAllTextAsync(file, BatchFile);
        return await SampleRun.RunAsync(name, surroundings, file);
    }
}
