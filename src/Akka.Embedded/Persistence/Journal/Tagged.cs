using System.Collections.Immutable;

namespace Akka.Persistence.Journal;

/// <summary>An event with the tags under which a journal files it. Recovery gives the event alone.</summary>
public readonly struct Tagged(object payload, IImmutableSet<string> tags)
{
    public Tagged(object payload, IEnumerable<string> tags)
        : this(payload, tags.ToImmutableHashSet())
    {
    }

    public object Payload { get; } = payload;

    public IImmutableSet<string> Tags { get; } = tags;
}
