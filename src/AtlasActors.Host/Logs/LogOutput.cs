using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace AtlasActors.Host.Logs;

/// <summary>
/// Where log lines go: standard error, and while something is drawn on that terminal, above the drawing.
/// </summary>
internal sealed class LogOutput : ILogEventSink
{
    private readonly TextWriter _error;
    private readonly ITextFormatter _formatter;
    private readonly Lock _gate = new();
    private Action<string>? _above;

    private LogOutput(TextWriter error, ITextFormatter formatter)
    {
        _error = error;
        _formatter = formatter;
    }

    /// <summary>A logger that writes there. The caller disposes it.</summary>
    public static (Logger Logger, LogOutput Output) Create(TextWriter error, LogSettings settings)
    {
        ITextFormatter formatter = settings.Format == LogFormat.Json
            ? new CompactLogFormatter()
            : new PlainLogFormatter(detailed: settings.Level <= LogEventLevel.Debug);
        var output = new LogOutput(error, formatter);
        var logger = new LoggerConfiguration().MinimumLevel.Is(settings.Level).WriteTo.Sink(output).CreateLogger();
        return (logger, output);
    }

    /// <summary>
    /// Lines go to <paramref name="above"/> from now on, without their line break; null: to standard error again.
    /// </summary>
    public void Divert(Action<string>? above)
    {
        lock (_gate)
            _above = above;
    }

    public void Emit(LogEvent logEvent)
    {
        var line = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Format(logEvent, line);
        lock (_gate)
        {
            if (_above is not null)
                _above(line.ToString().TrimEnd('\r', '\n'));
            else
                _error.Write(line.ToString());
        }
    }
}
