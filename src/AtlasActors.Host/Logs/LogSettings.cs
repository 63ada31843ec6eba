using Serilog.Events;

namespace AtlasActors.Host.Logs;

/// <summary>How a log line is written.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines: one JSON object a line, with the names that compact Serilog logs use.</summary>
    Json,
}

/// <summary>What is logged, and how.</summary>
/// <param name="Level">The least that is logged.</param>
/// <param name="Format">How a line is written.</param>
internal sealed record LogSettings(LogEventLevel Level, LogFormat Format)
{
    /// <summary>The words of <c>--log-level</c>.</summary>
    public static IReadOnlyDictionary<string, LogEventLevel> Levels { get; } =
        new Dictionary<string, LogEventLevel>(StringComparer.OrdinalIgnoreCase)
        {
            ["trace"] = LogEventLevel.Verbose,
            ["debug"] = LogEventLevel.Debug,
            ["info"] = LogEventLevel.Information,
            ["warning"] = LogEventLevel.Warning,
            ["error"] = LogEventLevel.Error,
            ["fatal"] = LogEventLevel.Fatal,
        };

    /// <summary>The words of <c>--log-format</c>.</summary>
    public static IReadOnlyDictionary<string, LogFormat> Formats { get; } =
        new Dictionary<string, LogFormat>(StringComparer.OrdinalIgnoreCase)
        {
            ["text"] = LogFormat.Text, ["json"] = LogFormat.Json,
        };

    public static LogSettings Default { get; } = new(LogEventLevel.Warning, LogFormat.Text);
}
