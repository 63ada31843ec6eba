using System.Text.Json.Serialization;

namespace AtlasActors.Batches;

/// <summary>How soon a batch is to be served among others that are at work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchPriority>))]
public enum BatchPriority
{
    /// <summary>After the others.</summary>
    Low,

    /// <summary>As most are.</summary>
    Normal,

    /// <summary>Before the others.</summary>
    High,
}
