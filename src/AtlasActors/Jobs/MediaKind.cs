using System.Text.Json.Serialization;

namespace AtlasActors.Jobs;

/// <summary>What a job makes; it decides the endpoint, the folder, the usual waits and how a price is counted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    Image,
    Video,
}
