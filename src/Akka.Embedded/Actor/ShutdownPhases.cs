using Akka.Configuration;

namespace Akka.Actor;

internal sealed record ShutdownPhase(TimeSpan Timeout, bool Recover, IReadOnlyList<string> DependsOn);

/// <summary>The phases of a shutdown, each after those it depends on.</summary>
internal sealed class ShutdownPhases
{
    private readonly Dictionary<string, ShutdownPhase> _phases = [];

    public ShutdownPhases(Config config)
    {
        var general = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        foreach (var (name, _) in config.GetConfig("phases")?.AsEnumerable() ?? [])
        {
            _phases[name] = new ShutdownPhase(
                config.GetTimeSpan($"phases.{name}.timeout", general),
                config.GetBoolean($"phases.{name}.recover", true),
                [.. config.GetStringList($"phases.{name}.depends-on")]);
        }

        InOrder = Sort();
    }

    public IReadOnlyList<string> InOrder { get; }

    public ShutdownPhase Get(string name) => _phases.TryGetValue(name, out var phase)
        ? phase
        : throw new ConfigurationException(
            $"Unknown phase [{name}], known phases [{string.Join(',', _phases.Keys)}]. "
            + "All phases (along with their optional dependencies) must be defined in configuration.");

    private List<string> Sort()
    {
        var order = new List<string>();
        var open = new HashSet<string>();
        foreach (var name in _phases.Keys)
            Visit(name);
        return order;

        void Visit(string name)
        {
            if (order.Contains(name))
                return;
            if (!open.Add(name))
                throw new ArgumentException($"Cycle detected in graph of phases. Phase [{name}] depends on itself.");
            foreach (var before in _phases.TryGetValue(name, out var phase) ? phase.DependsOn : [])
                Visit(before);
            open.Remove(name);
            order.Add(name);
        }
    }
}
