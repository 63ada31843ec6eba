using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Costs;

/// <summary>A question for a price, and all jobs that it is asked for.</summary>
/// <param name="Kind">Image or video.</param>
/// <param name="Body">What is asked: a job's body without what does not bill.</param>
/// <param name="Jobs">The jobs that differ in nothing that bills, in the file's order.</param>
public sealed record QuoteQuestion(MediaKind Kind, string Body, IReadOnlyList<JobDefinition> Jobs)
{
    /// <summary>The distinct questions of a batch, in the order of their first jobs.</summary>
    public static IReadOnlyList<QuoteQuestion> Of(BatchDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return
        [
            .. definition.Jobs.GroupBy(job => (job.Kind, Body: BillingBody.Of(job)))
                .Select(jobs => new QuoteQuestion(jobs.Key.Kind, jobs.Key.Body, [.. jobs])),
        ];
    }
}

/// <summary>What came of a question: a quote, or why there is none.</summary>
/// <param name="Question">The question.</param>
/// <param name="Quote">Atlas's answer; null where there is none.</param>
/// <param name="Trouble">Why there is none, in one sentence.</param>
public sealed record QuoteAnswer(QuoteQuestion Question, Quote? Quote, string? Trouble);

/// <summary>What Atlas says that the jobs of a batch will cost this account. Asking costs nothing.</summary>
public sealed class LiveQuotes
{
    private const int AtOnce = 4;

    /// <summary>More questions than this are a batch in which no two jobs are alike; the rest go by the price table.</summary>
    private const int MostQuestions = 500;

    private LiveQuotes(IReadOnlyList<QuoteAnswer> answers, AtlasFailure? keyRefused) =>
        (Answers, KeyRefused) = (answers, keyRefused);

    /// <summary>One for each distinct question.</summary>
    public IReadOnlyList<QuoteAnswer> Answers { get; }

    /// <summary>Why the key was refused, with which nothing else can be asked; null when it was not.</summary>
    public AtlasFailure? KeyRefused { get; }

    /// <summary>Asks once for each distinct model and set of billing fields, a few at once.</summary>
    public static async Task<LiveQuotes> AskAsync(
        BatchDefinition definition, IAtlasInquiries inquiries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inquiries);
        var questions = QuoteQuestion.Of(definition);
        var answers = questions
            .Select(question => new QuoteAnswer(question, null, "It was not asked for: the batch has too many different jobs."))
            .ToArray();
        AtlasFailure? keyRefused = null;
        await Parallel.ForAsync(
            0, Math.Min(questions.Count, MostQuestions),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (place, token) =>
            {
                if (Volatile.Read(ref keyRefused) is not null) return;
                var told = await inquiries.QuoteAsync(questions[place].Body, token).ConfigureAwait(false);
                if (told is FreeAnswer<Quote>.KeyRefused refused) Volatile.Write(ref keyRefused, refused.Failure);
                answers[place] = Answer(questions[place], told);
            }).ConfigureAwait(false);
        return new LiveQuotes(answers, keyRefused);
    }

    /// <summary>The batch with the quotes as its prices; where there is none, the price stays as it was, and says so.</summary>
    public BatchDefinition Price(BatchDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var quoted = Answers.Where(answer => answer.Quote is not null)
            .SelectMany(answer => answer.Question.Jobs.Select(job => (job.Number, answer.Quote!.Price)))
            .ToDictionary(job => job.Number, job => new Usd(job.Price));
        return definition with
        {
            Jobs =
            [
                .. definition.Jobs.Select(job => quoted.TryGetValue(job.Number, out var price)
                    ? job with { Price = price, PriceBasis = PriceBasis.Quote }
                    : job),
            ],
        };
    }

    private static QuoteAnswer Answer(QuoteQuestion question, FreeAnswer<Quote> told) => told switch
    {
        FreeAnswer<Quote>.Told { Value: var quote } => new QuoteAnswer(question, quote, null),
        FreeAnswer<Quote>.Refused { Failure: var why } => new QuoteAnswer(question, null, why.WithRequest()),
        FreeAnswer<Quote>.KeyRefused { Failure: var why } => new QuoteAnswer(question, null, why.WithRequest()),
        FreeAnswer<Quote>.OutOfBalance { Failure: var why } => new QuoteAnswer(question, null, why.WithRequest()),
        FreeAnswer<Quote>.Unanswered { Failure: var why } => new QuoteAnswer(question, null, why.WithRequest()),
        _ => throw new NotSupportedException($"No rule for {told.GetType().Name}."),
    };
}
