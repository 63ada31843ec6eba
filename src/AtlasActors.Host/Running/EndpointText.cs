using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Running;

/// <summary>The API of a batch, in words.</summary>
internal static class EndpointText
{
    public static string Of(string endpoint) => endpoint == Endpoint.Simulator ? "the simulator" : endpoint;
}
