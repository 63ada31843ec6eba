using AtlasActors.Batches;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>Sorts out what is news: each end of each attempt once, however often it is told.</summary>
internal sealed class JobNews
{
    private readonly Dictionary<int, (JobStage Stage, int Attempt)> _told = [];

    /// <summary>These are known already.</summary>
    public void Known(IEnumerable<JobView> jobs)
    {
        foreach (var job in jobs)
            LineOf(job);
    }

    /// <summary>The line to write about a job; null when there is none, or it was written before.</summary>
    public string? LineOf(JobView job)
    {
        if (JobLine.Of(job) is not { } line)
        {
            // It goes on: an end that it comes to again will be news.
            _told.Remove(job.Number);
            return null;
        }
        var now = (job.Stage, job.Attempt);
        if (_told.TryGetValue(job.Number, out var before) && before == now)
            return null;
        _told[job.Number] = now;
        return line;
    }
}
