using System.Net;
using AtlasActors.Host.Logs;
using AtlasActors.Host.Running;
using AtlasActors.Host.Serving.Outgoing;
using AtlasActors.Host.Settings;

namespace AtlasActors.Host.Serving;

/// <summary>What <c>serve</c> was asked to be.</summary>
/// <param name="Folder">Where the batches' folders lie, and the journal.</param>
/// <param name="Listen">Where to listen; port 0 lets the system choose.</param>
/// <param name="PublicUrl">The address under which Atlas reaches it, or null.</param>
/// <param name="Api">The API that it works with.</param>
/// <param name="Logs">What is logged.</param>
/// <param name="Limits">How much is taken from callers.</param>
internal sealed record ServeOptions(
    StateFolder Folder, IPEndPoint Listen, Uri? PublicUrl, ApiChoice Api, LogSettings Logs, ServiceLimits Limits)
{
    /// <summary>What the configuration file says, or null.</summary>
    public string? Hocon { get; init; }

    /// <summary>What that file says of the service itself.</summary>
    public ServiceSettings Settings { get; init; } = new();

    /// <summary>Whom it tells of what it did.</summary>
    public WebhookSettings Webhooks { get; init; } = new();
}
