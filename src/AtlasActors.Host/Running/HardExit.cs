using System.Runtime.InteropServices;

namespace AtlasActors.Host.Running;

/// <summary>
/// The end of the process at once. <see cref="Environment.Exit"/> runs exit hooks first, and the actor system's waits
/// for submissions under way, up to a minute and a half: just what the person at the keyboard does not want to do any
/// more.
/// </summary>
internal static class HardExit
{
    public static void Now(int code)
    {
        if (OperatingSystem.IsWindows())
            TerminateProcess(GetCurrentProcess(), (uint)code);
        else
            Exit(code);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int code);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetCurrentProcess();

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateProcess(nint process, uint code);
}
