using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Host.Tests.Support;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class FolderLockSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_one_is_told_who_holds_it()
    {
        var folder = Made();
        using var held = FolderLock.Take(folder);
        var told = Assert.Throws<CommandException>(() => FolderLock.Take(folder));
        Assert.Equal(ExitCode.BadUsage, told.Code);
        Assert.Contains($"process {Environment.ProcessId}", told.Message, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, FolderLock.Holder(folder));
    }

    [Fact]
    public void Given_back_it_can_be_taken_again_and_nobody_holds_it()
    {
        var folder = Made();
        FolderLock.Take(folder).Dispose();
        Assert.Null(FolderLock.Holder(folder));
        FolderLock.Take(folder).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no number")]
    [InlineData("1")]
    [InlineData("999999999 639000000000000000")]
    public void What_a_crash_left_behind_is_nobody(string left)
    {
        var folder = Made();
        File.WriteAllText(Path.Combine(folder.State, "lock"), "");
        File.WriteAllText(Path.Combine(folder.State, "lock.pid"), left);
        Assert.Null(FolderLock.Holder(folder));
        FolderLock.Take(folder).Dispose();
    }

    [Fact]
    public void A_process_of_the_same_number_that_began_at_another_time_is_not_the_holder()
    {
        var folder = Made();
        File.WriteAllText(Path.Combine(folder.State, "lock.pid"), $"{Environment.ProcessId} 639000000000000000");
        Assert.Null(FolderLock.Holder(folder));
    }

    private StateFolder Made()
    {
        var folder = StateFolder.Of("out", _folder.Path);
        folder.Make();
        return folder;
    }
}
