using System.Diagnostics;
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
        Assert.Contains($"at work on {Environment.MachineName} since {DateTime.UtcNow:yyyy}-", told.Message, StringComparison.Ordinal);
        Assert.Contains("atlas-actors status out", told.Message, StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessId, FolderLock.Holder(folder));
    }

    [Theory]
    [InlineData("999999999 639000000000000000 build-7", "process 999999999 is at work on build-7 since 2025-11-29 08:00:00 UTC")]
    [InlineData("17 639000000000000000 \u001b[2Jx\ny", "process 17 is at work on  [2Jx y since 2025-11-29 08:00:00 UTC")]
    [InlineData("999999999 639000000000000000", "another process is at work")]
    [InlineData("", "another process is at work")]
    [InlineData("garbage", "another process is at work")]
    [InlineData("1 99999999999999999999", "another process is at work")]
    [InlineData("1 9223372036854775807", "another process is at work")]
    public void Who_holds_it_is_said_as_far_as_it_can_be_known(string left, string words)
    {
        var folder = Made();
        using var held = FolderLock.Take(folder);
        File.WriteAllText(Path.Combine(folder.State, "lock.pid"), left);

        Assert.Contains(words, Assert.Throws<CommandException>(() => FolderLock.Take(folder)).Message, StringComparison.Ordinal);
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
    [InlineData("999999999 639000000000000000 build-7")]
    [InlineData("1 99999999999999999999")]
    [InlineData("1 9223372036854775807 a")]
    [InlineData("-1 -1")]
    [InlineData("\0\0\0\0")]
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

    [Fact]
    public void What_a_program_left_behind_that_was_killed_is_nobody()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Made();
        using (var other = Process.Start("sleep", "600"))
        {
            File.WriteAllText(
                Path.Combine(folder.State, "lock.pid"),
                FormattableString.Invariant($"{other.Id} {other.StartTime.ToUniversalTime().Ticks} {Environment.MachineName}"));
            other.Kill();
            other.WaitForExit();
        }
        Assert.Null(FolderLock.Holder(folder));
        FolderLock.Take(folder).Dispose();
    }

    [Fact]
    public void Files_that_were_left_read_only_hold_nobody_up()
    {
        var folder = Made();
        foreach (var name in new[] { "lock", "lock.pid" })
        {
            File.WriteAllText(Path.Combine(folder.State, name), "999999999 639000000000000000");
            File.SetAttributes(Path.Combine(folder.State, name), FileAttributes.ReadOnly);
        }
        using (FolderLock.Take(folder))
        {
            Assert.Equal(Environment.ProcessId, FolderLock.Holder(folder));
            Assert.Throws<CommandException>(() => FolderLock.Take(folder));
        }
        Assert.Null(FolderLock.Holder(folder));
        File.SetAttributes(Path.Combine(folder.State, "lock"), FileAttributes.Normal);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("lock.pid")]
    public void What_is_no_file_at_all_is_told_in_a_sentence(string name)
    {
        var folder = Made();
        Directory.CreateDirectory(Path.Combine(folder.State, name));

        var told = Assert.Throws<CommandException>(() => FolderLock.Take(folder));

        Assert.StartsWith("The folder out cannot be locked: ", told.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder.State, name));
        FolderLock.Take(folder).Dispose();
    }

    private StateFolder Made()
    {
        var folder = StateFolder.Of("out", _folder.Path);
        folder.Make();
        return folder;
    }
}
