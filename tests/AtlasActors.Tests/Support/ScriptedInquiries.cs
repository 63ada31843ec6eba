using System.Collections.Concurrent;
using AtlasActors.Atlas;

namespace AtlasActors.Tests.Support;

/// <summary>An account that quotes what a test says, and remembers what it was asked. Nothing else is asked of it.</summary>
internal sealed class ScriptedInquiries(Func<string, FreeAnswer<Quote>> onQuote) : IAtlasInquiries
{
    private int _open;
    private int _mostOpen;

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many questions were open at once, at most.</summary>
    public int MostOpen => Volatile.Read(ref _mostOpen);

    public static FreeAnswer<Quote> Told(decimal price, decimal? list = null, decimal? percent = null) =>
        new FreeAnswer<Quote>.Told(new Quote(price, list, percent, IsEstimate: false, null, IsPartial: false));

    public async Task<FreeAnswer<Quote>> QuoteAsync(string body, CancellationToken cancellation)
    {
        Asked.Enqueue(body);
        var open = Interlocked.Increment(ref _open);
        for (var most = MostOpen; open > most && Interlocked.CompareExchange(ref _mostOpen, open, most) != most; most = MostOpen)
            continue;
        await Task.Yield();
        Interlocked.Decrement(ref _open);
        return onQuote(body);
    }

    public Task<FreeAnswer<IReadOnlyList<ListedModel>>> ListModelsAsync(CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<FreeAnswer<string>> SchemaAsync(string address, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<FreeAnswer<Balance>> BalanceAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreeAnswer<ModelCosts>> ModelCostsAsync(DateOnly from, DateOnly before, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
