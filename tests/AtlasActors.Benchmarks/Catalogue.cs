using AtlasActors.Benchmarks.Actors;
using AtlasActors.Benchmarks.Measuring;
using AtlasActors.Benchmarks.Memory;
using AtlasActors.Benchmarks.Persistence;

namespace AtlasActors.Benchmarks;

/// <summary>All measures, in the order in which they run.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IMeasure> All { get; } =
    [
        new IdleActors(),
        new HeldJobs(),
        new TellStreams("tell-pair", "messages from one actor to one other, in windows", senders: 1, receivers: 1),
        new TellStreams("tell-pairs", "messages in 16 such pairs at once", senders: 16, receivers: 16),
        new TellStreams("tell-fan-in", "messages from 16 actors to one", senders: 16, receivers: 1),
        new TellFlood(),
        new PingPong("ping-pong", "messages between two actors, one at a time", pairs: 1),
        new PingPong("ping-pong-pairs", "messages in 16 such pairs at once", pairs: 16),
        new Asks("ask", "questions, each asked after the answer to the one before", askers: 1),
        new Asks("ask-many", "questions from 100 tasks at once to 100 actors", askers: 100),
        new ActorCreation(),
        new Stashing(),
        new Timers(),
        new Persisting("persist", "events of one actor by Persist, one after the other", 10_000, 1, Way.Persist),
        new Persisting("persist-async", "events of one actor by PersistAsync", 200_000, 1, Way.PersistAsync),
        new Persisting("persist-100", "events of 100 actors by Persist, one in flight each", 20_000, 100, Way.Persist),
        new Persisting("persist-all", "events of one actor by PersistAll in hundreds", 200_000, 1, Way.PersistAll),
        new Recovering("recover", "a million events of one actor replayed", 1_000_000, 1, Way.PersistAll),
        new Recovering("recover-100", "500,000 events of 100 actors, mixed, replayed", 500_000, 100, Way.PersistAsync)
    ];

    public static IReadOnlyList<IMeasure> Named(IReadOnlyCollection<string> names) => names.Count == 0
        ? All
        : [.. All.Where(measure => names.Any(name => IsMeant(name, measure.Name)))];

    /// <summary>A full name means that measure alone, though others begin with it.</summary>
    private static bool IsMeant(string name, string measure) => All.Any(other => other.Name == name)
        ? measure == name
        : measure.StartsWith(name, StringComparison.Ordinal);
}
