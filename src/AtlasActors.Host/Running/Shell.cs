using AtlasActors.Host.Settings;
using Spectre.Console;

namespace AtlasActors.Host.Running;

/// <summary>What a command has of the world outside; tests hand in one of their own.</summary>
internal sealed record Shell
{
    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The terminal behind standard output; null where that is a file or a pipe.</summary>
    public IAnsiConsole? Screen { get; init; }

    /// <summary>
    /// Whether standard error is that same terminal, so that a log line would tear what is drawn there.
    /// </summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>The environment's variables.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The folder that relative paths are relative to.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Ctrl-C and SIGTERM.</summary>
    public required Interrupts Interrupts { get; init; }

    /// <summary>Time, for durations and ages.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Starts AtlasActors.</summary>
    public AtlasOpener OpenAtlas { get; init; } = RunningAtlas.OpenAsync;

    /// <summary>Opens the account, for what needs no run.</summary>
    public AccountOpener OpenAccount { get; init; } = Running.OpenAccount.Of;

    /// <summary>The process's own.</summary>
    public static Shell OfThisProcess(Interrupts interrupts) => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Screen = Console.IsOutputRedirected ? null : AnsiConsole.Console,
        ErrorIsScreen = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
        Environment = System.Environment.GetEnvironmentVariable,
        WorkingDirectory = Directory.GetCurrentDirectory(),
        Interrupts = interrupts,
    };

    /// <summary>The variables, of the environment and of <c>.env</c>.</summary>
    public Variables Variables() => new(Environment, WorkingDirectory);

    /// <summary>A path as the user wrote it, made full.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingDirectory);
}
