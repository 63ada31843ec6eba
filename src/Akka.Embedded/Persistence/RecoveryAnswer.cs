namespace Akka.Persistence;

/// <summary>
/// What comes of a recovery. An actor may be restarted in the midst of it: what the instance before had asked for is
/// not this one's past, or only the end of it.
/// </summary>
internal interface IRecoveryAnswer
{
    /// <summary>The instance that asked; 0 where the plugin does not pass it on.</summary>
    int ForInstance { get; }
}
