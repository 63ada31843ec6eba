namespace AtlasActors.Simulator;

/// <summary>The simulator cannot start; the message is a sentence for the person who started it.</summary>
public sealed class SimulatorStartException : Exception
{
    public SimulatorStartException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
