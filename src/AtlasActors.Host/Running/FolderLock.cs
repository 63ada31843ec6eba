using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>
/// The right to work in an output folder, held by one process at a time. The lock is the operating system's and dies
/// with the process, so that nothing is left to clean up after a crash. Beside it, for people, stands who holds it: a
/// locked file could not be read.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _holderFile;

    private FolderLock(FileStream file, string holderFile)
    {
        _lock = file;
        _holderFile = holderFile;
    }

    /// <summary>Takes the lock; a <see cref="CommandException"/> that says who holds it where it is taken.</summary>
    public static FolderLock Take(StateFolder folder)
    {
        FileStream file;
        try
        {
            file = new FileStream(LockFile(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var holder = Holder(folder) is { } pid ? $"process {pid}" : "another process";
            throw new CommandException(
                ExitCode.BadUsage,
                $"In {folder.Shown} {holder} is at work: wait for it, or look on by "
                + $"'atlas-actors status {ShellWord.Of(folder.Shown)}'.");
        }
        var taken = new FolderLock(file, HolderFile(folder));
        taken.Sign();
        return taken;
    }

    /// <summary>The process that works in the folder, or null. Reads only, and takes no lock.</summary>
    public static int? Holder(StateFolder folder)
    {
        try
        {
            var words = File.ReadAllText(HolderFile(folder)).Split(' ', StringSplitOptions.TrimEntries);
            var pid = int.Parse(words[0], CultureInfo.InvariantCulture);
            var begun = new DateTime(long.Parse(words[1], CultureInfo.InvariantCulture), DateTimeKind.Utc);
            using var process = Process.GetProcessById(pid);
            // Ids are used again: the one that signed must have begun at the same time, within the clock's grain.
            return (process.StartTime.ToUniversalTime() - begun).Duration() < TimeSpan.FromSeconds(2) ? pid : null;
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or FormatException or ArgumentException
                or IndexOutOfRangeException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        File.Delete(_holderFile);
        _lock.Dispose();
    }

    private static string LockFile(StateFolder folder) => Path.Combine(folder.State, "lock");

    private static string HolderFile(StateFolder folder) => Path.Combine(folder.State, "lock.pid");

    private void Sign()
    {
        using var self = Process.GetCurrentProcess();
        File.WriteAllText(
            _holderFile,
            string.Create(CultureInfo.InvariantCulture, $"{self.Id} {self.StartTime.ToUniversalTime().Ticks}\n"));
    }
}
