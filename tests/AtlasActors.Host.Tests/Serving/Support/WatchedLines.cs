using System.Text;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>A stream of lines, each of which can be waited for.</summary>
internal sealed class WatchedLines : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_gate) return _text.ToString();
        }
    }

    public override void Write(char value)
    {
        TaskCompletionSource written;
        lock (_gate)
        {
            _text.Append(value);
            if (value != '\n') return;
            (written, _written) = (_written, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        written.SetResult();
    }

    /// <summary>The first whole line with these words, once it is there.</summary>
    public async Task<string> LineWithAsync(string words, TimeSpan patience)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _written.Task;
                var whole = _text.ToString()[..(_text.ToString().LastIndexOf('\n') + 1)];
                if (whole.Split('\n').FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } line) return line;
            }
            await next.WaitAsync(patience);
        }
    }
}
