using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AtlasActors.Host.Serving.Callers;

/// <summary>What a route asks of its callers.</summary>
/// <param name="Role">The least role.</param>
/// <param name="TakesBatchFile">Whether it reads a whole batch file, which is counted by itself.</param>
internal sealed record RouteRule(Role Role, bool TakesBatchFile = false)
{
    /// <summary>Looks at the route that was found, before it is followed.</summary>
    public static Task EnterAsync(HttpContext context, RequestDelegate next, Rates rates)
    {
        if (context.Features.Get<Caller>() is { } caller && RuleOf(context) is { } rule)
            rule.Apply(context, caller, rates);
        return next(context);
    }

    /// <summary>
    /// Whoever has a key may look. What changes something and has no rule by mistake is not everybody's.
    /// </summary>
    private static RouteRule? RuleOf(HttpContext context) => context.GetEndpoint() is not RouteEndpoint route
        ? null
        : route.Metadata.GetMetadata<RouteRule>()
            ?? new RouteRule(Looks(context.Request.Method) ? Role.Read : Role.Admin);

    private static bool Looks(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    private void Apply(HttpContext context, Caller caller, Rates rates)
    {
        if (!caller.May(Role))
        {
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"atlas-actors\", error=\"insufficient_scope\", scope=\"{Role.Word()}\"";
            throw new ProblemException(
                StatusCodes.Status403Forbidden, $"That needs the role {Role.Word()}, and this key's is {caller.Role.Word()}.");
        }
        if (TakesBatchFile)
            rates.TakeSubmission(context, caller);
    }
}

/// <summary>Gives routes their rules.</summary>
internal static class RouteRules
{
    public static IEndpointConventionBuilder For(
        this IEndpointConventionBuilder route, Role role, bool takesBatchFile = false) =>
        route.WithMetadata(new RouteRule(role, takesBatchFile));
}
