using AtlasActors.BatchFiles;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

/// <summary>A batch file from elsewhere, with files that were sent along: it reads those, and nothing else of this machine.</summary>
public sealed class SentFilesSpecs : IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];

    private readonly string _root = Directory.CreateTempSubdirectory("atlas-actors-").FullName;

    public SentFilesSpecs()
    {
        Directory.CreateDirectory(Path.Combine(_root, "sent", "deeper"));
        foreach (var folder in new[] { "", "sent", "sent/deeper" })
        {
            File.WriteAllBytes(Path.Combine(_root, folder, "hero.png"), Png);
            File.WriteAllText(Path.Combine(_root, folder, "rows.csv"), "what\nlake\nsea\n");
            File.WriteAllText(Path.Combine(_root, folder, "models.yaml"), "models: []\n");
        }
    }

    private string Sent => Path.Combine(_root, "sent");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Rows_and_pictures_that_were_sent_along_are_read()
    {
        var reading = BatchFileReader.ReadSent(With("rows.csv", "hero.png"), "request.yaml", Sent);
        Assert.Empty(reading.Faults);
        Assert.Equal(2, reading.Definition!.Jobs.Count);
        Assert.All(reading.Definition.Jobs, job => Assert.Equal(Path.Combine(Sent, "hero.png"), Assert.Single(job.Inputs).File));
    }

    [Theory]
    [InlineData("../rows.csv", "hero.png")]
    [InlineData("deeper/rows.csv", "hero.png")]
    [InlineData("deeper\\rows.csv", "hero.png")]
    [InlineData("/etc/rows.csv", "hero.png")]
    [InlineData("other.csv", "hero.png")]
    [InlineData("rows.csv", "../hero.png")]
    [InlineData("rows.csv", "deeper/hero.png")]
    [InlineData("rows.csv", "..")]
    [InlineData("rows.csv", ".")]
    [InlineData("rows.csv", "/etc/passwd")]
    [InlineData("rows.csv", "other.png")]
    [InlineData("rows.csv", "C:hero.png")]
    public void Whatever_else_is_named_is_a_fault_that_tells_no_path_of_this_machine(string rows, string image)
    {
        var reading = BatchFileReader.ReadSent(With(rows, image), "request.yaml", Sent);
        Assert.Null(reading.Definition);
        Assert.NotEmpty(reading.Faults);
        Assert.DoesNotContain(reading.Faults, fault => fault.In("request").Contains(_root, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../models.yaml")]
    [InlineData("other.yaml")]
    public void So_are_models_from_elsewhere(string models)
    {
        var reading = BatchFileReader.ReadSent($"models: {models}\n" + With("rows.csv", "hero.png"), "request.yaml", Sent);
        Assert.Equal("models", Assert.Single(reading.Faults).Path);
    }

    private static string With(string rows, string image) => $$"""
        jobs:
          - name: "Picture of {what}"
            type: video
            model: bytedance/seedance-v1.5-pro/image-to-video
            prompt: a {what}
            foreach: '{{rows}}'
            image: '{{image}}'
        """;
}
