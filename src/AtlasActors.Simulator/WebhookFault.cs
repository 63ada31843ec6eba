namespace AtlasActors.Simulator;

/// <summary>What is made wrong with the calls to submissions' own addresses.</summary>
public enum WebhookFault
{
    None,

    /// <summary>The call is made twice, each time in its own right.</summary>
    Twice,

    /// <summary>It is made a minute after the end, or the seconds that the prompt says.</summary>
    Late,

    /// <summary>Its signature is wrong.</summary>
    Forged,

    /// <summary>It is signed as of an hour ago.</summary>
    Skewed,

    /// <summary>It is signed by a key that is not published.</summary>
    UnknownKey,

    /// <summary>It is not made.</summary>
    Never,
}
