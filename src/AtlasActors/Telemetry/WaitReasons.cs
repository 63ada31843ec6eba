namespace AtlasActors.Telemetry;

/// <summary>What jobs wait for, as a label has it.</summary>
internal static class WaitReasons
{
    /// <summary>A slot of its batch, which has <c>max_workers</c> of them.</summary>
    public const string Slot = "slot";

    /// <summary>The time of its next attempt, after a failure or a refusal.</summary>
    public const string Backoff = "backoff";

    /// <summary>Another job, whose output it needs.</summary>
    public const string Job = "job";

    /// <summary>Room in a budget.</summary>
    public const string Budget = "budget";

    /// <summary>A person to have the batch go on.</summary>
    public const string Paused = "paused";

    /// <summary>Credit with Atlas.</summary>
    public const string Balance = "balance";

    /// <summary>What may be in flight for the account.</summary>
    public const string AccountLimit = "account_limit";

    /// <summary>Submissions that are sent and not answered, of which only so many may be under way.</summary>
    public const string SubmissionLimit = "submission_limit";

    /// <summary>What may be in flight of its model.</summary>
    public const string ModelLimit = "model_limit";

    /// <summary>The end of a pause of its model, or its way being wide again, after a 429.</summary>
    public const string RateLimited = "rate_limited";
}
