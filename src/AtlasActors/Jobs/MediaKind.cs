using System.Text.Json.Serialization;

namespace AtlasActors.Jobs;

/// <summary>
/// What a job makes; it decides the endpoint, the folder, the usual waits and how a price is counted.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    /// <summary>Pictures, and whatever else the models of Atlas's type Image give.</summary>
    Image,

    /// <summary>Videos, talking pictures among them.</summary>
    Video,

    /// <summary>Speech and music, and what was said in a sound.</summary>
    Audio,

    /// <summary>3D models: of Atlas's type Image, with files of their own.</summary>
    [JsonStringEnumMemberName("3d")]
    ThreeD,
}
