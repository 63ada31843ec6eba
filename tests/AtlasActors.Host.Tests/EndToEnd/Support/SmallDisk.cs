using System.Diagnostics;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>A disk of so many kilobytes in memory; only root on Linux can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Why none can be had here; null where it can.</summary>
    public static string? Obstacle => Found.Value;

    private static readonly Lazy<string?> Found = new(Find);

    public static SmallDisk Mount(string path, int kilobytes)
    {
        Directory.CreateDirectory(path);
        return Runs("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path)
            ? new SmallDisk(path)
            : throw new InvalidOperationException($"No disk can be mounted at {path}.");
    }

    public void Protect()
    {
        if (!Runs("mount", "-o", "remount,ro", Path))
            throw new InvalidOperationException($"{Path} cannot be made read-only.");
    }

    public void Unprotect()
    {
        if (!Runs("mount", "-o", "remount,rw", Path))
            throw new InvalidOperationException($"{Path} cannot be made writable.");
    }

    public void Grow(int kilobytes)
    {
        if (!Runs("mount", "-o", $"remount,size={kilobytes}k", Path))
            throw new InvalidOperationException($"{Path} cannot be made larger.");
    }

    public void Dispose() => Runs("umount", Path);

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux()) return "A small disk in memory is to be had on Linux alone.";
        if (!Environment.IsPrivilegedProcess) return "Only root can mount a small disk in memory.";
        var place = Directory.CreateTempSubdirectory("atlas-actors-disk-").FullName;
        try
        {
            Mount(place, 64).Dispose();
            return null;
        }
        catch (InvalidOperationException)
        {
            return "Nothing can be mounted here, not even by root: a container without CAP_SYS_ADMIN, say.";
        }
        finally
        {
            Directory.Delete(place);
        }
    }

    private static bool Runs(string program, params string[] args)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
