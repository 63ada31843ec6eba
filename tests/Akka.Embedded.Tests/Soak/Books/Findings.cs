using System.Collections.Concurrent;

namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>What the books found wrong. The first few are kept in words, the others only counted.</summary>
internal sealed class Findings
{
    private const int Kept = 30;

    private readonly ConcurrentQueue<string> _texts = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyCollection<string> Texts => _texts;

    public void Report(string text)
    {
        if (Interlocked.Increment(ref _count) <= Kept)
            _texts.Enqueue(text);
    }
}
