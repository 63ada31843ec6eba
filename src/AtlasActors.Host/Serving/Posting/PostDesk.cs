using System.Security.Cryptography;
using System.Text;
using AtlasActors.Batches;
using AtlasActors.Host.Serving.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AtlasActors.Host.Serving.Posting;

/// <summary>A request that is worked on.</summary>
/// <param name="Context">What it came as.</param>
/// <param name="Body">What it brought.</param>
/// <param name="NewBatch">The id of the batch that it may take on.</param>
internal sealed record Post<TBody>(HttpContext Context, TBody Body, BatchId NewBatch)
{
    public QueryReading Query { get; } = new(Context.Request);
}

/// <summary>
/// Works on what is posted: once for each <c>Idempotency-Key</c>, where there is one. Two at the same moment are not
/// made to wait for each other: the second is told so, by 409, and comes again.
/// </summary>
internal sealed class PostDesk(RepeatLedger ledger, TimeProvider clock, ILogger log)
{
    private const string KeyHeader = "Idempotency-Key", ReplayHeader = "Idempotency-Replayed";
    private const int LongestKey = 255;

    /// <summary>The handler of a route: reads the body, works, answers.</summary>
    public RequestDelegate Taking<TBody>(Func<HttpContext, Task<SentBody>> read, Func<Post<TBody>, Task<Reply>> work)
        where TBody : SentBody => async context =>
    {
        var key = KeyOf(context.Request);
        Reply reply;
        // What was sent and not kept is gone by the time of the answer.
        using (var body = (TBody)await read(context).ConfigureAwait(false))
            reply = key is null
                ? await WorkAsync(work, new(context, body, RepeatLedger.NewBatch(clock.GetUtcNow()))).ConfigureAwait(false)
                : await WorkOnceAsync(context, body, key, work).ConfigureAwait(false);
        await reply.WriteAsync(context).ConfigureAwait(false);
    };

    private async Task<Reply> WorkOnceAsync<TBody>(
        HttpContext context, TBody body, string key, Func<Post<TBody>, Task<Reply>> work) where TBody : SentBody
    {
        var name = new RepeatName(context.Features.Get<Caller>()?.Name ?? "", key);
        switch (ledger.Take(name, FingerprintOf(context.Request, body)))
        {
            case Claim.Answered answered:
                context.Response.Headers[ReplayHeader] = "true";
                return answered.Reply;
            case Claim.Busy:
                context.Response.Headers.RetryAfter = "1";
                throw Conflict("The request with this Idempotency-Key is being worked on: ask again in a moment.");
            case Claim.Other:
                throw Conflict("This Idempotency-Key was another request's: one key is for one path and one body.");
            case Claim.Ours ours:
                try
                {
                    var reply = await WorkAsync(work, new Post<TBody>(context, body, ours.Batch)).ConfigureAwait(false);
                    if (reply.IsFinal)
                        Keep(context, name, reply);
                    return reply;
                }
                finally
                {
                    ledger.Release(name);
                }
            default:
                throw new InvalidOperationException("A claim of an unknown kind.");
        }
    }

    /// <summary>
    /// It is done, whether or not that can be noted; if not, it is done again with the same id, which changes nothing.
    /// </summary>
    private void Keep(HttpContext context, RepeatName name, Reply reply)
    {
        try
        {
            ledger.Keep(name, reply);
        }
        catch (SqliteException fault)
        {
            log.LogError(fault, "An answer could not be kept for its Idempotency-Key: {Request}", context.TraceIdentifier);
        }
    }

    /// <summary>What can't be done is an answer as well, and as such kept.</summary>
    private static async Task<Reply> WorkAsync<TBody>(Func<Post<TBody>, Task<Reply>> work, Post<TBody> post)
    {
        try
        {
            return await work(post).ConfigureAwait(false);
        }
        catch (ProblemException problem)
        {
            return Reply.Of(post.Context, problem);
        }
    }

    private static string? KeyOf(HttpRequest request)
    {
        var given = request.Headers[KeyHeader];
        if (given.Count == 0)
            return null;
        return given is [{ Length: > 0 and <= LongestKey } key] && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new ProblemException(
                StatusCodes.Status400BadRequest, $"{KeyHeader} is one text of 1 to {LongestKey} printable ASCII characters.");
    }

    private static string FingerprintOf(HttpRequest request, SentBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        body.AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ProblemException Conflict(string sentence) => new(StatusCodes.Status409Conflict, sentence);
}
