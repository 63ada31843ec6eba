using Akka.Actor;
using AtlasActors.Batches;

namespace AtlasActors.Hosting;

/// <summary>What a coordinator that nobody needs, and its supervisor, have to say to each other.</summary>
internal static class CoordinatorReports
{
    /// <summary>Nobody needs its actor; <see cref="CoordinatorOrders.LeaveIfQuiet"/> is the reply.</summary>
    /// <param name="Batch">The batch.</param>
    /// <param name="Life">The actor's life; a restarted one has another.</param>
    public sealed record BatchQuiet(BatchId Batch, object Life) : INoSerializationVerificationNeeded;

    /// <summary>It is not quiet any more, and goes on.</summary>
    public sealed record BatchStays(BatchId Batch);

    /// <summary>It leaves now: the next question finds a successor, which rests as this one did.</summary>
    public sealed record BatchLeft(BatchId Batch, BatchRest Rest);
}

/// <summary>What a supervisor tells a coordinator, and nobody else does.</summary>
internal static class CoordinatorOrders
{
    /// <summary>End, unless there is something to do again: what comes meanwhile waits for the successor.</summary>
    public sealed record LeaveIfQuiet(object Life) : INoSerializationVerificationNeeded;

    /// <summary>Rest as your predecessor did.</summary>
    public sealed record RestAs(BatchRest Rest);

    /// <summary>These are told all that happens, from now on.</summary>
    public sealed record TellListeners(IReadOnlyList<IActorRef> Listeners) : INoSerializationVerificationNeeded;
}

/// <summary>How a batch rests, as far as its journal does not know it.</summary>
internal sealed record BatchRest(BatchPhase Phase, HaltReason? Halt, string? HaltMessage, DateTimeOffset WorkingSince);
