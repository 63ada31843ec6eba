using System.Reflection;
using Akka.Actor;

namespace AtlasActors.Benchmarks.Measuring;

/// <summary>Which actor library the program was built with.</summary>
internal static class Side
{
    public static string Library { get; } = Named(typeof(ActorSystem).Assembly);

    private static string Named(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        // Builds add "+" and the commit.
        return $"{assembly.GetName().Name} {version?.Split('+')[0] ?? assembly.GetName().Version?.ToString()}";
    }
}
