using AtlasActors.Atlas;
using AtlasActors.Host.Running;

namespace AtlasActors.Host.Tests.Serving.Support;

/// <summary>An account that tells its balance, and counts how often it was asked.</summary>
internal sealed class SomeAccount : IAtlasInquiries
{
    private int _asked;

    /// <summary>What a question is answered with.</summary>
    public Func<CancellationToken, Task<FreeAnswer<Balance>>> Answer { get; set; } = _ => Task.FromResult<FreeAnswer<Balance>>(
        new FreeAnswer<Balance>.Told(new Balance("someone", 5, null, null, null, null, null)));

    public int Asked => _asked;

    public OpenAccount Open() => new(this, null!);

    public Task<FreeAnswer<Balance>> BalanceAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        return Answer(cancellation);
    }

    public Task<FreeAnswer<Quote>> QuoteAsync(string body, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreeAnswer<IReadOnlyList<ListedModel>>> ListModelsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreeAnswer<string>> SchemaAsync(string address, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<FreeAnswer<ModelCosts>> ModelCostsAsync(DateOnly from, DateOnly before, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
