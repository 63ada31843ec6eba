using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>What a batch costs by Atlas's own quotes, and by the price table where there are none.</summary>
/// <param name="Batch">The batch with these prices.</param>
/// <param name="Models">By model, in the order in which the file first names them.</param>
/// <param name="Questions">How many questions were asked.</param>
public sealed record LiveEstimate(BatchDefinition Batch, IReadOnlyList<LiveModel> Models, int Questions)
{
    /// <summary>The estimate that these quotes make.</summary>
    public static LiveEstimate Of(BatchDefinition definition, LiveQuotes quotes)
    {
        ArgumentNullException.ThrowIfNull(quotes);
        var priced = quotes.Price(definition);
        var answers = quotes.Answers
            .SelectMany(answer => answer.Question.Jobs.Select(job => (job.Number, Answer: answer)))
            .ToDictionary(job => job.Number, job => job.Answer);
        return new LiveEstimate(
            priced,
            [
                .. priced.Jobs.GroupBy(job => (job.Model, job.Kind))
                    .Select(jobs => LiveModel.Of([.. jobs], [.. jobs.Select(job => answers[job.Number])])),
            ],
            quotes.Answers.Count);
    }
}

/// <summary>A model's part in it.</summary>
/// <param name="Model">Its id, as the file names it.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="Jobs">How many jobs use it.</param>
/// <param name="Price">What they cost together.</param>
/// <param name="Quoted">How many of them Atlas quoted a price for; the others go by the price table.</param>
/// <param name="Assumed">How many of the others no table knows.</param>
/// <param name="ListPrice">What the quoted ones cost without the account's discount; null where Atlas did not tell.</param>
/// <param name="DiscountPercent">
/// Which part of the list price is paid, 80 for four fifths; null where it differs or is not told.
/// </param>
/// <param name="IsEstimate">Some are billed by tokens, and the charge may differ.</param>
/// <param name="IsPartial">Some quotes leave the input video out, and the charge will be higher.</param>
/// <param name="Trouble">Why there is no quote for some; null where all have one.</param>
public sealed record LiveModel(
    string Model, MediaKind Kind, int Jobs, Usd Price, int Quoted, int Assumed, Usd? ListPrice, decimal? DiscountPercent,
    bool IsEstimate, bool IsPartial, string? Trouble)
{
    internal static LiveModel Of(IReadOnlyList<JobDefinition> jobs, IReadOnlyList<QuoteAnswer> answers)
    {
        var quotes = answers.Select(answer => answer.Quote).Where(quote => quote is not null).Select(quote => quote!).ToList();
        var discounts = quotes.Select(quote => quote.DiscountPercent).Distinct().ToList();
        return new LiveModel(
            jobs[0].Model, jobs[0].Kind, jobs.Count, jobs.Select(job => job.Price).Sum(), quotes.Count,
            jobs.Count(job => job.PriceBasis == PriceBasis.Assumed),
            quotes.Count > 0 && quotes.TrueForAll(quote => quote.ListPrice is not null)
                ? new Usd(quotes.Sum(quote => quote.ListPrice!.Value))
                : null,
            discounts is [{ } one] ? one : null, quotes.Exists(quote => quote.IsEstimate),
            quotes.Exists(quote => quote.IsPartial), answers.FirstOrDefault(answer => answer.Trouble is not null)?.Trouble);
    }
}
