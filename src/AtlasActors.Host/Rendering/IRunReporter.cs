using AtlasActors.Batches;

namespace AtlasActors.Host.Rendering;

/// <summary>Tells what happens while a batch runs; disposing it ends the telling.</summary>
internal interface IRunReporter : IAsyncDisposable
{
    /// <summary>How jobs were before this run: told already, or nobody's news.</summary>
    void Known(IReadOnlyList<JobView> jobs);

    /// <summary>How the batch is.</summary>
    void Begin(BatchView batch);

    /// <summary>How a job is now; may be told twice.</summary>
    void Moved(JobView job);

    /// <summary>A stop was asked for and is under way.</summary>
    void Stopping();
}

/// <summary>Tells nothing.</summary>
internal sealed class SilentReporter : IRunReporter
{
    public void Known(IReadOnlyList<JobView> jobs) { }

    public void Begin(BatchView batch) { }

    public void Moved(JobView job) { }

    public void Stopping() { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
