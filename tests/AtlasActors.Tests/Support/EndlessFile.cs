using System.Diagnostics;
using System.Text;
using Xunit;

namespace AtlasActors.Tests.Support;

/// <summary>
/// A file without end: a pipe with a name, into which the same piece is written again and again until the reader closes
/// it. It counts what the reader took. There are none on Windows.
/// </summary>
internal sealed class EndlessFile : IAsyncDisposable
{
    private readonly Task _writing;
    private long _written;

    private EndlessFile(string path, string beginning, string piece) =>
        _writing = Task.Factory.StartNew(() => Write(path, beginning, piece), TaskCreationOptions.LongRunning);

    /// <summary>The bytes that were taken, a pipe's buffer among them.</summary>
    public long Written => Interlocked.Read(ref _written);

    public static EndlessFile At(string path, string beginning, string piece)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
        return new EndlessFile(path, beginning, piece);
    }

    public async ValueTask DisposeAsync() => await _writing.WaitAsync(TimeSpan.FromSeconds(60));

    private void Write(string path, string beginning, string piece)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Math.Max(1, 4096 / piece.Length))));
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes(beginning));
            while (true)
            {
                file.Write(bytes);
                Interlocked.Add(ref _written, bytes.Length);
            }
        }
        catch (IOException)
        {
            // The reader has closed it.
        }
    }
}
