namespace AtlasActors.Gate;

/// <summary>What an actor tells <c>/user/atlas</c> about how much may be in flight.</summary>
public static class LimitCommands
{
    /// <summary>
    /// These are the limits from now on, until the program ends or they are set again. <see cref="GateLimits"/> are the reply,
    /// or a <c>Status.Failure</c> that has all that is wrong with them.
    /// </summary>
    public sealed record SetLimits(GateLimits Limits);
}

/// <summary>What an actor asks <c>/user/atlas</c> about how much may be in flight.</summary>
public static class LimitQueries
{
    /// <summary>Those in force; <see cref="GateLimits"/> are the reply.</summary>
    public sealed record GetLimits;
}

/// <summary>
/// The limits of this moment. One for the supervisor and the gate, not a message alone: a gate that begins again after a fault
/// knows them before its first message. Only the supervisor sets them.
/// </summary>
internal sealed class LimitsInForce(GateLimits limits)
{
    private volatile GateLimits _current = limits;

    public GateLimits Current
    {
        get => _current;
        set => _current = value;
    }
}
