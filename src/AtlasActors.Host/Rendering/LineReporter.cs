using AtlasActors.Batches;

namespace AtlasActors.Host.Rendering;

/// <summary>Writes a line as each job ends, for pipes, files and collectors of logs.</summary>
internal sealed class LineReporter(TextWriter output) : IRunReporter
{
    private readonly JobNews _news = new();
    private readonly Lock _gate = new();

    public void Known(IReadOnlyList<JobView> jobs) => _news.Known(jobs);

    public void Begin(BatchView batch) { }

    public void Moved(JobView job)
    {
        if (_news.LineOf(job) is { } line)
            Write(line);
    }

    public void Stopping() => Write("Stopping: what is on its way to Atlas is being recorded.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
