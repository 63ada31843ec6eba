using System.Threading.Channels;

namespace Akka.Embedded.Tests.Persistence.Support;

/// <summary>What actors of a test note down, for the test to read in the same order.</summary>
public sealed class Notes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Add(string line) => _lines.Writer.TryWrite(line);

    public async Task<string> Next()
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            return await _lines.Reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return "nothing more was noted";
        }
    }

    public async Task<string[]> Next(int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
            lines[i] = await Next();
        return lines;
    }

    /// <summary>Reads up to and with a line; gives those before it.</summary>
    public async Task<string[]> Until(string last)
    {
        var lines = new List<string>();
        for (var line = await Next(); line != last; line = await Next())
        {
            lines.Add(line);
            if (line == "nothing more was noted")
                break;
        }

        return [.. lines];
    }
}
