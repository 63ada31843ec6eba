using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving.Health;

/// <summary>
/// <c>/healthz</c>: whether the process answers, and whether it takes batches on and can work on them. What is wrong stands in
/// the log alone: who asks may have no key.
/// </summary>
internal sealed class HealthEndpoint(Readiness readiness)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", context => Answer.WriteAsync(context, new HealthDocument("live")));
        routes.MapGet("/healthz/ready", AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var checks = await readiness.LookAsync().ConfigureAwait(false);
        if (checks.All(check => check.Status == CheckStatus.Ok))
        {
            await Answer.WriteAsync(context, new ReadinessDocument("ready", checks)).ConfigureAwait(false);
            return;
        }
        var failed = checks.Where(check => check.Status == CheckStatus.Failed).Select(check => check.Name);
        var sentence = checks is [{ Name: Readiness.Service }]
            ? "The service is starting, or being stopped."
            : $"The service is not ready: {string.Join(", ", failed)}. Its log says why.";
        await Problem.AnswerAsync(
            context, Problem.Of(StatusCodes.Status503ServiceUnavailable, sentence) with { Checks = checks }).ConfigureAwait(false);
    }

    private sealed record HealthDocument(string Status);

    private sealed record ReadinessDocument(string Status, IReadOnlyList<CheckDocument> Checks);
}

/// <summary>How a check went.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckStatus>))]
internal enum CheckStatus
{
    /// <summary>It works.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It does not, or did not say in time.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>One thing that the service needs.</summary>
/// <param name="Name">service, journal, folder or api.</param>
/// <param name="Status">Whether it works.</param>
internal sealed record CheckDocument(string Name, CheckStatus Status);
