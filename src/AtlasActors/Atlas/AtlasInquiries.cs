using System.Globalization;

namespace AtlasActors.Atlas;

/// <summary>Questions over HTTP.</summary>
internal sealed class AtlasInquiries(string root, FreeCalls calls, PublicDocuments documents) : IAtlasInquiries
{
    private const string MediaRoot = "/api/v1";
    private const string BillingRoot = "/public/v1";

    // More than 180 days of a hundred models each; a list that is longer goes in circles.
    private const int MostPages = 50;
    private const int PageLength = 1000;

    /// <inheritdoc />
    public Task<FreeAnswer<Quote>> QuoteAsync(string body, CancellationToken cancellation) =>
        calls.PostAsync(new Uri($"{root}/model/calculate"), body, Quote.Read, "a price", cancellation);

    /// <inheritdoc />
    public Task<FreeAnswer<IReadOnlyList<ListedModel>>> ListModelsAsync(CancellationToken cancellation) =>
        calls.GetAsync(new Uri($"{root}/models"), ListedModel.ReadAll, "its models", cancellation);

    /// <inheritdoc />
    public Task<FreeAnswer<string>> SchemaAsync(string address, CancellationToken cancellation) =>
        documents.GetAsync(address, cancellation);

    /// <inheritdoc />
    public Task<FreeAnswer<Balance>> BalanceAsync(CancellationToken cancellation) =>
        calls.GetAsync(new Uri($"{Billing()}/balance"), Balance.Read, "the balance", cancellation);

    /// <inheritdoc />
    public async Task<FreeAnswer<ModelCosts>> ModelCostsAsync(
        DateOnly from, DateOnly before, CancellationToken cancellation)
    {
        var query = $"start_date={Day(from)}&end_date={Day(before)}&group_by[]=model&limit={PageLength}";
        List<ModelCost> days = [];
        string? page = null;
        for (var count = 0; count < MostPages; count++)
        {
            var cursor = page is null ? "" : $"&page={Uri.EscapeDataString(page)}";
            var answer = await calls.GetAsync(
                new Uri($"{Billing()}/model-costs?{query}{cursor}"), ModelCosts.Read, "its charges", cancellation);
            if (answer is not FreeAnswer<ModelCosts>.Told { Value: var costs })
                return answer;
            days.AddRange(costs.Days);
            if (costs.NextPage is null || costs.NextPage == page)
                return new FreeAnswer<ModelCosts>.Told(new ModelCosts(days, null));
            page = costs.NextPage;
        }
        return new FreeAnswer<ModelCosts>.Unanswered(
            new AtlasFailure("Atlas Cloud's list of charges has no end."), null);
    }

    /// <summary>Billing lies beside the media API, behind the same proxy if there is one.</summary>
    private string Billing() => root.EndsWith(MediaRoot, StringComparison.OrdinalIgnoreCase)
        ? root[..^MediaRoot.Length] + BillingRoot
        : new Uri(new Uri(root), BillingRoot).AbsoluteUri;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
