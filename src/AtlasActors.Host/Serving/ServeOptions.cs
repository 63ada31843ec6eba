using AtlasActors.Host.Running;
using AtlasActors.Host.Settings;
using AtlasActors.Hosting;

namespace AtlasActors.Host.Serving;

/// <summary>What <c>serve</c> was asked to be.</summary>
/// <param name="Folder">Where the batches' folders lie, and the journal.</param>
/// <param name="Api">The API that it works with.</param>
/// <param name="Settings">What it was told of itself.</param>
internal sealed record ServeOptions(StateFolder Folder, ApiChoice Api, ServiceSettings Settings)
{
    /// <summary>What the configuration file says, or null.</summary>
    public string? Hocon { get; init; }

    /// <summary>Whether webhooks may go to private addresses, and by http.</summary>
    public bool ArePrivateAllowed { get; init; }

    /// <summary>What AtlasActors is started with.</summary>
    /// <param name="simulator">Where the simulator listens, should it be the API.</param>
    /// <param name="publicUrl">The address under which Atlas reaches the service, or null.</param>
    public AtlasActorsOptions ForAtlas(Uri? simulator, Uri? publicUrl)
    {
        var common = new AtlasActorsOptions
        {
            OutputDir = Folder.OutputDir,
            ShownOutputDir = Folder.Shown,
            JournalFile = Folder.ServiceJournal,
            FolderPerBatch = true,
            ApiKey = "simulated",
            EndpointName = Api.EndpointName,
            PublicUrl = publicUrl,
            ContinueUnfinished = false,
            Hocon = Hocon,
        };
        return Api switch
        {
            ApiChoice.Real real => real.Over(common),
            ApiChoice.Simulated simulated => common with { BaseUrl = simulator!, Haste = simulated.Speed },
            var other => throw new InvalidOperationException($"An API of an unknown kind: {other.GetType()}."),
        };
    }
}
