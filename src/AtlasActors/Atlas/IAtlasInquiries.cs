namespace AtlasActors.Atlas;

/// <summary>
/// What Atlas tells about prices, models and money; asking costs nothing and begins no job. Expected failures are
/// answers, never exceptions.
/// </summary>
public interface IAtlasInquiries
{
    /// <summary>What a submission of this body would cost this account.</summary>
    Task<FreeAnswer<Quote>> QuoteAsync(string body, CancellationToken cancellation);

    /// <summary>The models that Atlas shows.</summary>
    Task<FreeAnswer<IReadOnlyList<ListedModel>>> ListModelsAsync(CancellationToken cancellation);

    /// <summary>
    /// The document that describes a model's fields, from where <see cref="ListedModel.Schema"/> says. It lies on another
    /// host than the API, which is not shown the key.
    /// </summary>
    Task<FreeAnswer<string>> SchemaAsync(string address, CancellationToken cancellation);

    /// <summary>What is left in the account.</summary>
    Task<FreeAnswer<Balance>> BalanceAsync(CancellationToken cancellation);

    /// <summary>
    /// What Atlas has charged, by day and model, from one UTC day to before another; 180 days at most.
    /// </summary>
    Task<FreeAnswer<ModelCosts>> ModelCostsAsync(DateOnly from, DateOnly before, CancellationToken cancellation);
}
