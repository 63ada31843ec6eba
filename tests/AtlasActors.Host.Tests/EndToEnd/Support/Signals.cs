using System.Diagnostics;
using System.Runtime.InteropServices;
using AtlasActors.Host.Tests.Support;

namespace AtlasActors.Host.Tests.EndToEnd.Support;

/// <summary>What is done to a program from outside.</summary>
internal static class Signals
{
    private const int SigHup = 1, SigTerm = 15;

    /// <summary><c>kill -9</c>; it is dead on return, if it was not before.</summary>
    public static void Kill(ProgramProcess program)
    {
        try
        {
            using var process = Process.GetProcessById(program.Id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>What a service's supervisor sends.</summary>
    public static void Terminate(ProgramProcess program) => Send(program, SigTerm);

    /// <summary>What an operator sends who has changed the configuration.</summary>
    public static void Hangup(ProgramProcess program) => Send(program, SigHup);

    private static void Send(ProgramProcess program, int signal)
    {
        if (Send(program.Id, signal) != 0)
            throw new InvalidOperationException($"No signal reached process {program.Id}.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
