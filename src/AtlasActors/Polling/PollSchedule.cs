namespace AtlasActors.Polling;

/// <summary>Exponential backoff for polls. Pure: the same policy and count give the same wait.</summary>
internal static class PollSchedule
{
    /// <summary>How long to wait before poll number <paramref name="poll"/>, counted from 1.</summary>
    public static TimeSpan Before(int poll, PollPolicy policy)
    {
        var wait = policy.Initial.TotalSeconds * Math.Pow(policy.Multiplier, Math.Max(0, poll - 1));
        return wait < policy.Max.TotalSeconds ? TimeSpan.FromSeconds(wait) : policy.Max;
    }
}
