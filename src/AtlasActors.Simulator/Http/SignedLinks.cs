using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Http;

/// <summary>Addresses that are good only with what signs them.</summary>
internal static class SignedLinks
{
    /// <summary>What stands behind an address: nothing, or the query with its question mark.</summary>
    public static string Query(SimulatorOptions options) => options.LinkQuery is { } query ? "?" + query : "";

    /// <summary>Whether a request carries what it must.</summary>
    public static bool IsSigned(SimulatorOptions options, HttpRequest request) =>
        options.LinkQuery is null || request.QueryString.Value == Query(options);
}
