using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class StateFolderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_kept_there_is_its_owners_business()
    {
        var folder = StateFolder.Of("deep/out", _folder.Path);
        folder.Make();
        Assert.Empty(Directory.GetFiles(folder.OutputDir));
        Assert.Empty(Directory.GetFiles(folder.State));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(folder.State));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out/.atlas-actors")]
    public void A_file_in_its_place_is_told_in_a_sentence(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), "");
        var told = Assert.Throws<CommandException>(StateFolder.Of("out", _folder.Path).Make);
        Assert.Equal(ExitCode.BadUsage, told.Code);
        Assert.StartsWith("The output folder out cannot be written to: ", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_a_folder_means_the_working_directory_if_it_has_a_batch()
    {
        MakeJournal(".");
        MakeJournal("pipeline_output");
        Assert.Equal(
            _folder.Path, Path.TrimEndingDirectorySeparator(StateFolder.Existing(null, _folder.Path).OutputDir));
    }

    [Fact]
    public void Else_it_means_the_usual_output_folder()
    {
        MakeJournal("pipeline_output");
        Assert.Equal(_folder.File("pipeline_output"), StateFolder.Existing(null, _folder.Path).OutputDir);
    }

    [Theory]
    [InlineData("out", "out")]
    [InlineData("out/manifest.json", "out")]
    public void A_manifest_stands_for_its_folder(string given, string shown)
    {
        MakeJournal("out");
        File.WriteAllText(_folder.File("out/manifest.json"), "{}");
        Assert.Equal(shown, StateFolder.Existing(given, _folder.Path).Shown);
    }

    [Fact]
    public void A_folder_without_a_batch_is_told_and_not_made()
    {
        var told = Assert.Throws<CommandException>(() => StateFolder.Existing("nowhere", _folder.Path));
        Assert.Equal(ExitCode.BadUsage, told.Code);
        Assert.False(Directory.Exists(_folder.File("nowhere")));
    }

    private void MakeJournal(string outputDir)
    {
        Directory.CreateDirectory(_folder.File($"{outputDir}/.atlas-actors"));
        File.WriteAllText(_folder.File($"{outputDir}/.atlas-actors/journal.db"), "");
    }
}
