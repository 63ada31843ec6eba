using System.Runtime.InteropServices;

namespace AtlasActors.Benchmarks.Measuring;

/// <summary>Where the program runs.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    public static string Runtime => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    /// <summary>How busy the machine has been in the last minute; null where it does not say.</summary>
    public static double? Load() => File.Exists(LoadFile)
        ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>The bytes that are in use once all garbage is gone.</summary>
    public static long CollectGarbage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
