using System.Diagnostics;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>A disk of so many kilobytes in memory; only root on Linux can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null where it cannot be had.</summary>
    public static SmallDisk? TryMount(string path, int kilobytes)
    {
        Directory.CreateDirectory(path);
        return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Runs("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    public void Grow(int kilobytes)
    {
        if (!Runs("mount", "-o", $"remount,size={kilobytes}k", Path))
            throw new InvalidOperationException($"{Path} cannot be made larger.");
    }

    public void Dispose() => Runs("umount", Path);

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
