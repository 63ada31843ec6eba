using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

/// <summary>Calls that also serve a configuration that is not there.</summary>
public static class ConfigExtensions
{
    /// <summary>As <see cref="Config.WithFallback"/>, but a missing configuration is its fallback.</summary>
    public static Config SafeWithFallback(this Config? config, Config fallback) =>
        config is null ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;
}
