using System.Text.Json;
using Akka.Actor;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using AtlasActors.Manifests;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Manifests;

/// <summary>How often manifest.json is written while a batch runs.</summary>
public class ManifestPaceSpecs : AtlasSpecs
{
    private const int Many = 3 * ManifestWriter.ResultsPerInterval;

    private string FileOfResults => Path.Combine(OutputDir, "manifest.json");

    [Fact]
    public void Few_results_are_written_after_an_interval()
    {
        var writer = StartWriter();
        List(writer, 1, 1);

        Clock.Advance(Some.Settings.ManifestInterval);

        AwaitCondition(() => File.Exists(FileOfResults), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Many_results_are_written_so_much_more_seldom_and_at_once_when_they_are_asked_for()
    {
        var writer = StartWriter();
        List(writer, 1, Many);
        writer.Tell(new ManifestCommands.WriteManifest(), TestActor);
        ExpectMsg<ManifestWritten>(TimeSpan.FromSeconds(30));
        // The write that was due for them finds nothing new.
        Clock.Advance(Some.Settings.ManifestInterval * 3);

        List(writer, Many + 1, 1);
        Clock.Advance(Some.Settings.ManifestInterval * 2.5);
        // A write that was due has begun by the time that this, which is no news, is answered; an end waits for it.
        List(writer, 1, 1);
        Watch(writer);
        Sys.Stop(writer);
        ExpectTerminated(writer, TimeSpan.FromSeconds(30));
        Assert.Equal(Many, Written());

        List(StartWriter(), Many + 2, 1);
        Clock.Advance(Some.Settings.ManifestInterval * 3.5);
        AwaitCondition(() => Written() == Many + 2, TimeSpan.FromSeconds(30));
    }

    private int Written()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(FileOfResults));
        return manifest.RootElement.GetProperty("results").GetArrayLength();
    }

    private IActorRef StartWriter() => Sys.ActorOf(ManifestWriter.Props(
        new ManifestHead(BatchId.Parse("b1"), "pack.yaml", "out", 2 * Many, []), FileOfResults, Some.Settings));

    private void List(IActorRef writer, int first, int count)
    {
        writer.Tell(new ManifestCommands.ListResults([.. Enumerable.Range(first, count).Select(Result)], []), TestActor);
        ExpectMsg<ResultsListed>(TimeSpan.FromSeconds(30));
    }

    private static ManifestResult Result(int job) => new(
        job, 4, "a", "m", MediaKind.Image, JobStage.Succeeded, null, [], Usd.Zero, Usd.Zero, null, null, "p", 1);
}
