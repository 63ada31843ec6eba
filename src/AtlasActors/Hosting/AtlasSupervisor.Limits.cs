using Akka.Actor;
using AtlasActors.Gate;

namespace AtlasActors.Hosting;

/// <summary>Limits: others may be set while batches run.</summary>
internal sealed partial class AtlasSupervisor
{
    private readonly LimitsInForce _limits;
    private readonly IActorRef _gate;

    private void SetLimits(GateLimits limits)
    {
        if (limits.Faults() is { Count: > 0 } faults)
        {
            Sender.Tell(new Status.Failure(new BatchException(
                string.Join("\n- ", ["The limits are not in order, and stay as they are:", .. faults]))));
            return;
        }
        _limits.Current = limits;
        _gate.Tell(new GateCommands.UseLimits());
        Sender.Tell(limits);
    }
}
