using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>
/// Fills <c>{0}</c> by number, and named holes such as <c>{JobId}</c> in their order. A template with too few
/// arguments is printed as it is: a log line never throws.
/// </summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <summary>
    /// Templates are constants of the code, and few; those built at run time must not fill the memory.
    /// </summary>
    private const int MostTemplates = 2048;

    private readonly ConcurrentDictionary<string, CompositeFormat?> _templates = new(StringComparer.Ordinal);

    public string Format(string format, params object[] args)
    {
        if (args.Length == 0)
            return format;
        if (!_templates.TryGetValue(format, out var template))
        {
            template = Parse(format);
            if (_templates.Count < MostTemplates)
                _templates.TryAdd(format, template);
        }

        if (template is null || template.MinimumArgumentCount > args.Length)
            return $"{format} [{string.Join(", ", args)}]";
        return string.Format(CultureInfo.InvariantCulture, template, args);
    }

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    private static CompositeFormat? Parse(string format)
    {
        try
        {
            return CompositeFormat.Parse(Numbered(format));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Numbered(string format)
    {
        var text = new StringBuilder(format.Length);
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            text.Append(format[i]);
            if (format[i] != '{')
                continue;
            if (i + 1 < format.Length && format[i + 1] == '{')
            {
                text.Append(format[++i]);
                continue;
            }

            var end = i + 1;
            while (end < format.Length && format[end] is not (',' or ':' or '}'))
                end++;
            var name = format.AsSpan(i + 1, end - i - 1);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                text.Append(name);
            else
                text.Append(next++);
            i = end - 1;
        }

        return text.ToString();
    }
}
