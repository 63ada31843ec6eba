using Microsoft.AspNetCore.Http;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>An answer that can be kept, and given again.</summary>
/// <param name="Status">Its status.</param>
/// <param name="ContentType">What its body is.</param>
/// <param name="Body">Its body.</param>
/// <param name="Location">Where what was made is, or null.</param>
internal sealed record Reply(int Status, string ContentType, byte[] Body, string? Location = null)
{
    /// <summary>A document.</summary>
    public static Reply Of(object document) => new(StatusCodes.Status200OK, Answer.Json, Answer.BytesOf(document));

    /// <summary>Something was made, and is found there.</summary>
    public static Reply Created(object document, string location) =>
        new(StatusCodes.Status201Created, Answer.Json, Answer.BytesOf(document), location);

    /// <summary>It can't be done.</summary>
    public static Reply Of(HttpContext context, ProblemException problem) =>
        new(problem.Status, Problem.ContentType, Answer.BytesOf(problem.ToProblem().In(context)));

    /// <summary>
    /// What went wrong on our side may go right the next time, and so may what a budget had no room for: such an answer is not kept.
    /// </summary>
    public bool IsFinal => Status is < StatusCodes.Status500InternalServerError and not StatusCodes.Status402PaymentRequired;

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Location is not null)
            context.Response.Headers.Location = Location;
        return Answer.WriteAsync(context, Body, ContentType);
    }
}
