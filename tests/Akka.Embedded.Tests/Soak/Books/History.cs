namespace Akka.Embedded.Tests.Soak.Books;

/// <summary>The last entries about one actor, so that a finding can say how it came about.</summary>
internal sealed class History
{
    private const int Kept = 16;

    private readonly (string What, object? About)[] _entries = new (string, object?)[Kept];
    private int _next;

    public void Add(string what, object? about) => _entries[_next++ & (Kept - 1)] = (what, about);

    public override string ToString()
    {
        var entries = Enumerable.Range(Math.Max(0, _next - Kept), Math.Min(_next, Kept))
            .Select(i => _entries[i & (Kept - 1)])
            .Select(entry => $"{entry.What} {Brief(entry.About)}".TrimEnd());
        return $"lately: {string.Join(", ", entries)}";
    }

    private static object? Brief(object? about) => about is Exception fault
        ? $"{fault.GetType().Name} of {SoakFailure.In(fault)?.Message}"
        : about;
}
