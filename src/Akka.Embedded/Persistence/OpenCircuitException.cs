using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was not made, since those before it failed.</summary>
public class OpenCircuitException : AkkaException
{
    public OpenCircuitException(string message)
        : base(message)
    {
    }

    public OpenCircuitException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}
