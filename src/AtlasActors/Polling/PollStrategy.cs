using System.Text.Json.Serialization;

namespace AtlasActors.Polling;

/// <summary>How the times are found at which a generation is asked after.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PollStrategy>))]
public enum PollStrategy
{
    /// <summary>First after <see cref="PollPolicy.Initial"/>, then ever later, whatever is known of the model.</summary>
    Backoff,

    /// <summary>
    /// When it is likely to be done, by how long generations of the model took before; by backoff from half of the
    /// catalog's typical time on while nothing is known.
    /// </summary>
    Learned,
}
