using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Hosting;

namespace AtlasActors.Jobs;

/// <summary>What job actors work with.</summary>
internal sealed record JobTools(
    IAtlasApi Api, IAtlasUploads Uploads, IOutputDownloads Downloads, IActorRef Gate, AtlasSettings Settings, string OutputDir);
