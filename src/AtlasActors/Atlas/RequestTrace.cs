using Polly.CircuitBreaker;

namespace AtlasActors.Atlas;

/// <summary>The <c>X-Request-ID</c> of an answer that broke off after its headers, kept on the fault that ended it.</summary>
internal static class RequestTrace
{
    private const string Name = "X-Request-ID";

    /// <summary>Notes it.</summary>
    public static void Put(Exception fault, string? requestId)
    {
        if (requestId is not null)
            fault.Data[Name] = requestId;
    }

    /// <summary>What was noted; an open circuit's own cause is another request's.</summary>
    public static string? Of(Exception fault)
    {
        for (var at = fault; at is not null and not BrokenCircuitException; at = at.InnerException)
            if (at.Data[Name] is string requestId)
                return requestId;
        return null;
    }
}
