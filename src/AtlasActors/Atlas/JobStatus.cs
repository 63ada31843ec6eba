namespace AtlasActors.Atlas;

/// <summary>What a status word means.</summary>
internal enum JobPhase
{
    /// <summary>No word that is known.</summary>
    Unheard,

    /// <summary>Queued or being made.</summary>
    Running,

    /// <summary>Made.</summary>
    Completed,

    /// <summary>Will not be made.</summary>
    Failed,
}

/// <summary>Atlas's status words, those documented and those seen.</summary>
internal static class JobStatus
{
    /// <summary>What the word means, in any case.</summary>
    public static JobPhase Of(string word) => word.Trim().ToLowerInvariant() switch
    {
        "created" or "queued" or "pending" or "starting" or "submitted" => JobPhase.Running,
        "processing" or "running" => JobPhase.Running,
        "completed" or "succeeded" or "success" or "complete" or "done" => JobPhase.Completed,
        "failed" or "error" or "timeout" or "timed_out" or "canceled" or "cancelled" => JobPhase.Failed,
        _ => JobPhase.Unheard,
    };
}
