using System.Text;

namespace AtlasActors.Atlas;

/// <summary>Fetches what Atlas publishes for anybody, on whatever host of the internet; the key is not sent along.</summary>
internal sealed class PublicDocuments(ApiExchange exchange, AtlasResilience resilience, ServerText texts)
{
    // The longest schema that is known has some 30 KB.
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>The text at an address; refused where there is none.</summary>
    public async Task<FreeAnswer<string>> GetAsync(string address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var document) || !OutputFetch.IsWeb(document))
            return new FreeAnswer<string>.Refused(new AtlasFailure("Its address is not one of the web."));
        try
        {
            var answer = await resilience.Poll.ExecuteAsync(
                static (call, token) => call.exchange.GetPublicAsync(call.document, MostBytes, token),
                (exchange, document), cancellation);
            return Read(answer, document);
        }
        catch (PrivateAddressException refused)
        {
            return new FreeAnswer<string>.Refused(new AtlasFailure(refused.Message));
        }
        catch (Exception fault) when (TransportFaults.Covers(fault))
        {
            return new FreeAnswer<string>.Unanswered(
                new AtlasFailure($"{document.Host} could not be asked: {TransportFaults.Cause(fault)}."), null);
        }
    }

    private FreeAnswer<string> Read(HttpAnswer answer, Uri document)
    {
        var failure = new AtlasFailure(
            FormattableString.Invariant($"{document.Host} did not give it (HTTP {answer.Status})."), answer.Status,
            RequestId: texts.Id(answer.RequestId));
        return answer.Status switch
        {
            200 => new FreeAnswer<string>.Told(Encoding.UTF8.GetString(answer.Body.Span).TrimStart('\uFEFF')),
            408 or 425 or 429 or >= 500 => new FreeAnswer<string>.Unanswered(failure, answer.RetryAfter),
            _ => new FreeAnswer<string>.Refused(failure),
        };
    }
}
