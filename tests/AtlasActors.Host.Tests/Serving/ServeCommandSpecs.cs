using AtlasActors.Batches;
using AtlasActors.Host.Tests.Serving.Support;
using AtlasActors.Host.Tests.Support;
using AtlasActors.Jobs;
using Xunit;

namespace AtlasActors.Host.Tests.Serving;

/// <summary>What the service is begun with, and how it ends.</summary>
public sealed class ServeCommandSpecs
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", "no keys for callers yet")]
    [InlineData("http://10.0.0.1:8080", "no keys for callers yet")]
    [InlineData("http://[::]:8080", "no keys for callers yet")]
    [InlineData("http://media.example.org", "no keys for callers yet")]
    [InlineData("https://127.0.0.1:8080", "must be an address such as")]
    [InlineData("http://127.0.0.1:8080/x", "must be an address such as")]
    [InlineData("127.0.0.1:8080", "must be an address such as")]
    [InlineData("8080", "must be an address such as")]
    public async Task It_listens_to_this_machine_alone(string listen, string says)
    {
        await using var served = new ServedBatches();
        Assert.Equal(2, await served.RunAsync("--listen", listen));
        Assert.Contains(says, served.Errors, StringComparison.Ordinal);
        Assert.Empty(served.Batches.Opened);
    }

    [Theory]
    [InlineData("http://media.example.org")]
    [InlineData("https://127.0.0.1")]
    [InlineData("media")]
    public async Task A_public_address_that_Atlas_cannot_reach_is_refused(string url)
    {
        await using var served = new ServedBatches();
        Assert.Equal(2, await served.RunAsync("--public-url", url));
        Assert.Contains("--public-url is", served.Errors, StringComparison.Ordinal);
        Assert.Empty(served.Batches.Opened);
    }

    [Fact]
    public async Task Each_batch_gets_a_folder_and_the_journal_is_the_service_s_own()
    {
        await using var served = await new ServedBatches().StartAsync("--public-url", "https://media.example.org");
        var options = Assert.Single(served.Batches.Opened);
        Assert.True(options.FolderPerBatch);
        Assert.False(options.ContinueUnfinished);
        Assert.Equal(Path.Combine(served.Folder, "out", ".atlas-actors", "service.db"), options.JournalFile);
        Assert.Equal("https://media.example.org/", options.PublicUrl!.ToString());
        Assert.Contains("Atlas Cloud calls back at https://media.example.org/hooks/atlas/.", served.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_nobody_is_asked_to_call()
    {
        await using var served = await new ServedBatches().StartAsync();
        Assert.Null(Assert.Single(served.Batches.Opened).PublicUrl);
    }

    [Fact]
    public async Task What_is_unfinished_goes_on_unless_it_was_begun_with_another_API()
    {
        await using var served = new ServedBatches();
        served.Batches.Known.AddRange(
        [
            Views.Batch(BatchPhase.Idle, [Views.Job(1, JobStage.Queued)], id: "idle"),
            Views.Batch(BatchPhase.Finished, [Views.Done(1)], id: "done"),
            Views.Batch(BatchPhase.Finished, [Views.Job(1, JobStage.Overdue)], id: "overdue"),
            Views.Batch(BatchPhase.Idle, [Views.Job(1, JobStage.Queued)], id: "other", endpoint: "simulator"),
        ]);
        await served.StartAsync();
        Assert.Equal(["take up idle", "take up overdue"], served.Batches.Asked);
        Assert.Contains("Going on with 2 unfinished batches.", served.Out, StringComparison.Ordinal);
        Assert.Contains("\"other\" is unfinished, and was begun with \"simulator\"", served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_to_stop_it_stops_what_is_at_work_and_ends_well()
    {
        await using var served = await new ServedBatches().StartAsync();
        served.Batches.Known.Add(Views.Batch(BatchPhase.Running, [Views.Job(1, JobStage.Queued)], id: "running"));
        served.Batches.Known.Add(Views.Batch(BatchPhase.Finished, [Views.Done(1)], id: "done"));
        Assert.Equal(0, await served.StopAsync());
        Assert.Equal(["stop all"], served.Batches.Asked);
        Assert.Equal(1, served.Batches.Closed);
        Assert.Contains("Stopped.", served.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_services_do_not_work_in_one_folder()
    {
        await using var served = await new ServedBatches().StartAsync();
        Assert.Equal(2, await served.RunAsync());
        Assert.Contains("is at work", served.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_as_such()
    {
        await using var served = await new ServedBatches().StartAsync();
        await using var second = new ServedBatches();
        Assert.Equal(1, await second.RunAsync("--listen", served.Address.ToString()));
        Assert.Contains("cannot be listened on", second.Errors, StringComparison.Ordinal);
    }
}
