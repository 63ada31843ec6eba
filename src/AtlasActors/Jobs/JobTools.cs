using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Atlas.Webhooks;
using AtlasActors.Batches;
using AtlasActors.Hosting;
using AtlasActors.Polling;

namespace AtlasActors.Jobs;

/// <summary>What job actors work with.</summary>
internal sealed record JobTools(
    IAtlasApi Api, IAtlasUploads Uploads, IOutputDownloads Downloads, IActorRef Gate, AtlasSettings Settings, string OutputDir)
{
    /// <summary>Where Atlas calls back; null where the host has no public address.</summary>
    public WebhookAddresses? Callbacks { get; init; }

    /// <summary>When to poll, by what was learned.</summary>
    public PollGuide Polls { get; init; } = new();

    /// <summary>Who learns from each generation's time.</summary>
    public IActorRef Latency { get; init; } = ActorRefs.Nobody;

    /// <summary>Whether jobs of the batch wait for a slot.</summary>
    public SlotQueue Slots { get; init; } = new();

    /// <summary>The batch's priority at the gate.</summary>
    public BatchPriority Priority { get; init; } = BatchPriority.Normal;
}
