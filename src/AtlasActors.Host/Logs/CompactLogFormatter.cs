using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Json;

namespace AtlasActors.Host.Logs;

/// <summary>
/// One JSON object a line: time, level, message, template, exception, and the template's holes by name.
/// </summary>
internal sealed class CompactLogFormatter : ITextFormatter
{
    private readonly JsonValueFormatter _values = new(typeTagName: null);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        output.Write("{\"@t\":");
        Quote(logEvent.Timestamp.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), output);
        output.Write(",\"@l\":");
        Quote(logEvent.Level.ToString(), output);
        output.Write(",\"@m\":");
        Quote(logEvent.RenderMessage(CultureInfo.InvariantCulture), output);
        output.Write(",\"@mt\":");
        Quote(logEvent.MessageTemplate.Text, output);
        if (logEvent.Exception is { } exception)
        {
            output.Write(",\"@x\":");
            Quote(exception.ToString(), output);
        }
        foreach (var (name, value) in logEvent.Properties)
        {
            output.Write(',');
            // A leading @ marks the fields above; a hole that has one gets a second.
            Quote(name.StartsWith('@') ? "@" + name : name, output);
            output.Write(':');
            _values.Format(value, output);
        }
        output.Write("}\n");
    }

    private static void Quote(string text, TextWriter output) => JsonValueFormatter.WriteQuotedJsonString(text, output);
}
