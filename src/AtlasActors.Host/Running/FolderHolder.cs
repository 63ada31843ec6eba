using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using AtlasActors.Host.Rendering;

namespace AtlasActors.Host.Running;

/// <summary>Who signed for a folder: a process, when it began, and on which machine.</summary>
internal sealed record FolderHolder(int Process, DateTime Begun, string Machine)
{
    /// <summary>Ids are used again: the one that signed must have begun at the same time, within the clock's grain.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    public static FolderHolder OfThisProcess()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new FolderHolder(self.Id, self.StartTime.ToUniversalTime(), Environment.MachineName);
    }

    /// <summary>Reads a signature; null where there is none, or none that can be read.</summary>
    public static FolderHolder? Read(string path)
    {
        try
        {
            // The machine's name came later: without one it is this machine.
            var words = File.ReadAllText(path).Split(' ', 3, StringSplitOptions.TrimEntries);
            return words.Length >= 2
                && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTime.MaxValue.Ticks
                    ? new FolderHolder(
                        process, new DateTime(ticks, DateTimeKind.Utc), words.Length == 3 ? words[2] : Environment.MachineName)
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether it signed on this machine.</summary>
    public bool IsHere => string.Equals(Machine, Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a process of this machine that still runs.</summary>
    public bool IsAlive
    {
        get
        {
            if (!IsHere) return false;
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                return (process.StartTime.ToUniversalTime() - Begun).Duration() < Grain;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                return false;
            }
        }
    }

    /// <summary><c>process 4711 is at work on build-7 since 2026-11-21 06:00:00 UTC</c></summary>
    public string AtWork() => FormattableString.Invariant(
        $"process {Process} is at work on {Texts.OneLine(Machine, 80)} since {Begun:yyyy-MM-dd HH:mm:ss} UTC");

    /// <summary>As it is signed.</summary>
    public override string ToString() => FormattableString.Invariant($"{Process} {Begun.Ticks} {Machine}\n");
}
