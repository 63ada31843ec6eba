using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was not made, since those before it failed.</summary>
public class OpenCircuitException(string message, Exception? cause = null) : AkkaException(message, cause);
