using Akka.Actor;
using Akka.Configuration;

namespace AtlasActors.Benchmarks.Actors;

/// <summary>Actor systems as the measures use them: the library's own settings, and no log.</summary>
internal static class Systems
{
    private const string Quiet = "akka.loglevel = OFF, akka.stdout-loglevel = OFF, akka.log-dead-letters = off";

    public static ActorSystem Start(string hocon = "") =>
        ActorSystem.Create("benchmarks", ConfigurationFactory.ParseString(hocon).WithFallback(
            ConfigurationFactory.ParseString(Quiet)));
}
