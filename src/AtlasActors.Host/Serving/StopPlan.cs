namespace AtlasActors.Host.Serving;

/// <summary>How the time that a stop may take is used. Pure.</summary>
internal static class StopPlan
{
    /// <summary>For webhooks on their way, requests on theirs, and the last records.</summary>
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(10);

    /// <summary>So long answers to submissions are waited for: the most of it.</summary>
    public static TimeSpan ForAnswers(TimeSpan within) => within - (ToEnd < within / 4 ? ToEnd : within / 4);
}
