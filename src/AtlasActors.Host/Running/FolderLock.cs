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
        FileStream? file = null;
        try
        {
            file = Open(LockFile(folder)) ?? throw IsHeld(folder);
            Sign(HolderFile(folder));
            return new FolderLock(file, HolderFile(folder));
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            file?.Dispose();
            throw new CommandException(
                ExitCode.BadUsage, $"The folder {folder.Shown} cannot be locked: {refused.Message}");
        }
    }

    /// <summary>The process that works in the folder, or null. Reads only, and takes no lock.</summary>
    public static int? Holder(StateFolder folder) =>
        FolderHolder.Read(HolderFile(folder)) is { IsAlive: true } holder ? holder.Process : null;

    public void Dispose()
    {
        File.Delete(_holderFile);
        _lock.Dispose();
    }

    /// <summary>The file, locked; null where another process has it.</summary>
    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // Left behind and made read-only: nothing is written into it, and to be locked it need only be open.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Another machine's process cannot be looked for from here; that the folder is locked says enough.</summary>
    private static CommandException IsHeld(StateFolder folder)
    {
        var holder = FolderHolder.Read(HolderFile(folder)) is { } signed && (signed.IsAlive || !signed.IsHere)
            ? signed.AtWork()
            : "another process is at work";
        return new CommandException(
            ExitCode.BadUsage,
            $"In {folder.Shown} {holder}: wait for it, or look on by 'atlas-actors status {ShellWord.Of(folder.Shown)}'.");
    }

    private static string LockFile(StateFolder folder) => Path.Combine(folder.State, "lock");

    private static string HolderFile(StateFolder folder) => Path.Combine(folder.State, "lock.pid");

    private static void Sign(string path)
    {
        // One that a crash left behind may be read-only.
        File.Delete(path);
        File.WriteAllText(path, FolderHolder.OfThisProcess().ToString());
    }
}
