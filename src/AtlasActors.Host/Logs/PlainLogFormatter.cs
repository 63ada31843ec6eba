using System.Globalization;
using AtlasActors.Host.Rendering;
using Serilog.Events;
using Serilog.Formatting;

namespace AtlasActors.Host.Logs;

/// <summary>
/// One line an event, for people: time, level, message. Traces only where details are wanted.
/// </summary>
internal sealed class PlainLogFormatter(bool detailed) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        output.Write($" {Word(logEvent.Level)} ");
        var message = logEvent.RenderMessage(CultureInfo.InvariantCulture);
        output.WriteLine(Texts.Lines(detailed ? message : FirstLine(message)));
        if (logEvent.Exception is null)
            return;
        if (detailed)
            output.WriteLine(Texts.Lines(logEvent.Exception.ToString()));
        else
            output.WriteLine(Texts.Lines($"         {FirstLine(logEvent.Exception.Message)}"));
    }

    // Lines about a failure go on with its trace.
    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd();

    private static string Word(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => "TRC",
        LogEventLevel.Debug => "DBG",
        LogEventLevel.Information => "INF",
        LogEventLevel.Warning => "WRN",
        LogEventLevel.Error => "ERR",
        _ => "FTL",
    };
}
