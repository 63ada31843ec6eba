using System.Net;
using AtlasActors.Simulator.Http;
using Microsoft.AspNetCore.Http;

namespace AtlasActors.Simulator.Pages;

/// <summary>Pages that need no key, and are for this machine only: others find nothing there.</summary>
internal static class Home
{
    public static RequestDelegate Only(RequestDelegate page) => context => IsHome(context.Connection.RemoteIpAddress)
        ? page(context)
        : Answers.RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized");

    /// <summary>An IPv4 address may come in the clothes of IPv6.</summary>
    public static bool IsHome(IPAddress? caller) =>
        caller is not null && IPAddress.IsLoopback(caller.IsIPv4MappedToIPv6 ? caller.MapToIPv4() : caller);
}
