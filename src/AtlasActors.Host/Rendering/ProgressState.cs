using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;

namespace AtlasActors.Host.Rendering;

/// <summary>What is known of a running batch, folded from what it tells; the picture is drawn from it.</summary>
internal sealed class ProgressState
{
    private readonly Dictionary<int, JobView> _jobs = [];
    private readonly Dictionary<string, ModelTimes> _models = [];
    private readonly SortedDictionary<int, JobView> _running = [];

    /// <summary>The batch as it was told last.</summary>
    public BatchView? Batch { get; private set; }

    /// <summary>What all jobs have cost so far.</summary>
    public Usd Spent { get; private set; }

    /// <summary>Jobs with Atlas, in the file's order.</summary>
    public IReadOnlyCollection<JobView> Running => _running.Values;

    /// <summary>Jobs that have come to an end.</summary>
    public int Ended { get; private set; }

    /// <summary>Those of them that did not succeed.</summary>
    public int NotSuccessful { get; private set; }

    /// <summary>Jobs that wait for a slot.</summary>
    public int Waiting => Math.Max(0, Total - Ended - _running.Count);

    public int Total => Batch?.Total ?? _jobs.Count;

    public void Begin(BatchView batch) => Batch = batch;

    public void Moved(JobView job)
    {
        if (_jobs.TryGetValue(job.Number, out var before))
            Count(before, -1);
        _jobs[job.Number] = job;
        Count(job, +1);
        if (IsRunning(job.Stage))
            _running[job.Number] = job;
        else
            _running.Remove(job.Number);
    }

    /// <summary>
    /// How long the rest will take, by the times seen so far: a model not seen yet is taken to differ from what is
    /// typical of it as the others do. Null until one was seen, and when what runs takes longer than expected.
    /// </summary>
    public TimeSpan? TimeLeft(DateTimeOffset now)
    {
        var seen = _models.Values.Where(model => model.Seen > 0).ToList();
        if (seen.Count == 0)
            return null;
        var pace = seen.Sum(model => model.Taken.TotalSeconds)
            / seen.Sum(model => model.Seen * model.Typical.TotalSeconds);
        var work = _models.Values.Aggregate(TimeSpan.Zero, (sum, model) => sum + model.Expected(pace) * model.Queued);
        var longest = TimeSpan.Zero;
        foreach (var job in _running.Values)
        {
            var rest = _models[job.Model].Expected(pace) - (now - job.Since);
            if (job.Stage is not (JobStage.Submitting or JobStage.Generating) || rest <= TimeSpan.Zero)
                continue;
            work += rest;
            longest = rest > longest ? rest : longest;
        }
        var shared = work / Math.Max(1, Batch?.MaxWorkers ?? 1);
        var left = shared > longest ? shared : longest;
        return left > TimeSpan.Zero ? left : null;
    }

    private static bool IsRunning(JobStage stage) =>
        stage is JobStage.Submitting or JobStage.Generating or JobStage.Downloading or JobStage.Overdue;

    private void Count(JobView job, int by)
    {
        if (!_models.TryGetValue(job.Model, out var model))
            _models[job.Model] = model = new ModelTimes(TypicalTimes.Of(job.Kind, job.Model));
        Spent = by > 0 ? Spent + job.Cost : Spent - job.Cost;
        var waits = job.Stage is JobStage.Queued or JobStage.Waiting;
        if (waits)
            model.Queued += by;
        if (job.Stage == JobStage.Succeeded && job.GenerationTime is { } time)
        {
            model.Seen += by;
            model.Taken += time * by;
        }
        if (waits || IsRunning(job.Stage))
            return;
        Ended += by;
        if (job.Stage != JobStage.Succeeded)
            NotSuccessful += by;
    }

    private sealed class ModelTimes(TimeSpan typical)
    {
        public TimeSpan Typical { get; } = typical;
        public int Queued { get; set; }
        public int Seen { get; set; }
        public TimeSpan Taken { get; set; }

        public TimeSpan Expected(double pace) => Seen > 0 ? Taken / Seen : Typical * pace;
    }
}
