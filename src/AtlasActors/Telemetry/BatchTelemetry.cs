using System.Diagnostics;
using AtlasActors.Batches;
using AtlasActors.Costs;
using AtlasActors.Jobs;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Telemetry;

/// <summary>What a batch at work shows of itself: what each of its events counts as. It belongs to one coordinator.</summary>
internal sealed class BatchTelemetry
{
    private readonly Tally<long> _jobs = new(AtlasTelemetry.Jobs, "stage");
    private readonly Tally<double> _money = new(AtlasTelemetry.Money, "status");
    private readonly Tally<long> _waiting = new(AtlasTelemetry.Waiting, "reason");
    private readonly Dictionary<int, (string Model, string Reason)> _inLine = [];
    private readonly List<JobState> _shown = [];
    private string? _halt;
    private Activity? _work;

    /// <summary>The batch is taken up: its jobs and its money on their way are to be seen.</summary>
    public void Enter(BatchState state)
    {
        Leave();
        for (var number = 1; number <= state.JobCount; number++)
        {
            _shown.Add(state.Job(number));
            Show(state.Job(number), state.Plan(number).Definition.Model, 1);
        }
        StartWork(state.Created!);
    }

    /// <summary>It is at rest.</summary>
    public void Leave()
    {
        _shown.Clear();
        _jobs.Clear();
        _money.Clear();
        _waiting.Clear();
        _inLine.Clear();
        _halt = null;
        _work?.Dispose();
        _work = null;
    }

    /// <summary>An event was recorded.</summary>
    public void Recorded(IJobEvent e, JobState before, BatchState state)
    {
        var (after, job) = (state.Job(e.Job), state.Plan(e.Job).Definition);
        Follow(state, e.Job);
        // What waited for this job may have moved with it.
        foreach (var child in state.Children(e.Job)) Follow(state, child);
        if (after.Charged != before.Charged)
            AtlasTelemetry.Money.Add(
                (double)(after.Charged - before.Charged).Amount, AtlasTelemetry.Tag("status", "charged"),
                AtlasTelemetry.Model(job.Model));
        if (OutcomeOf(e, before) is { } outcome)
            AtlasTelemetry.Submissions.Add(1, AtlasTelemetry.Tag("outcome", outcome), AtlasTelemetry.Model(job.Model));
        if (after.HasEnded && !before.HasEnded)
            AtlasTelemetry.JobsEnded.Add(1, AtlasTelemetry.Tag("end", WordOf(after.Stage)), AtlasTelemetry.Model(job.Model));
        Time(e, before, job.Model);
        AttemptTrace.Ended(state.Created!.Batch, job, e, before, after, _work?.Context ?? default);
    }

    /// <summary>These jobs were cancelled, by one event of the batch.</summary>
    public void Cancelled(IEnumerable<int> jobs, BatchState state)
    {
        foreach (var number in jobs)
        {
            Follow(state, number);
            AtlasTelemetry.JobsEnded.Add(
                1, AtlasTelemetry.Tag("end", WordOf(state.Job(number).Stage)), AtlasTelemetry.Model(state.Plan(number).Definition.Model));
        }
    }

    /// <summary>
    /// What a queued job that has no slot waits for, one of <see cref="WaitReasons"/>; null where it waits no more, or
    /// where it is seen at the gate.
    /// </summary>
    public void Waits(int number, string model, string? reason)
    {
        if (_inLine.Remove(number, out var before)) _waiting.Add(before.Model, -1, _halt ?? before.Reason);
        if (reason is null || _shown.Count == 0) return;
        _inLine[number] = (model, reason);
        _waiting.Add(model, 1, _halt ?? reason);
    }

    /// <summary>The reason for which none of them is submitted; null where each has its own.</summary>
    public void ShowHalt(string? reason)
    {
        if (reason == _halt) return;
        foreach (var (model, own) in _inLine.Values)
        {
            _waiting.Add(model, -1, _halt ?? own);
            _waiting.Add(model, 1, reason ?? own);
        }
        _halt = reason;
    }

    /// <summary>The batch's own span, from being taken up to being at rest.</summary>
    private void StartWork(BatchEvents.BatchCreated created)
    {
        var ambient = Activity.Current;
        Activity.Current = null;
        _work = AtlasTelemetry.Traces.StartActivity("batch");
        _work?.SetTag("atlas.batch", created.Batch.Value);
        _work?.SetTag("atlas.source", created.Source);
        Activity.Current = ambient;
    }

    private void Follow(BatchState state, int number)
    {
        if (_shown.Count < number) return;
        var (shown, now, model) = (_shown[number - 1], state.Job(number), state.Plan(number).Definition.Model);
        Show(shown, model, -1);
        Show(now, model, 1);
        _shown[number - 1] = now;
        if (now.Stage != JobStage.Queued) Waits(number, model, null);
    }

    /// <summary>What a submission's answer was, where the event is one.</summary>
    private static string? OutcomeOf(IJobEvent e, JobState before) => e switch
    {
        PredictionAccepted => "accepted",
        SubmissionRefused { Reason: RefusalReason.RateLimited } => "rate_limited",
        SubmissionRefused { Reason: RefusalReason.NotReached } => "not_reached",
        SubmissionRefused { Reason: RefusalReason.KeyRefused } => "key_refused",
        SubmissionRefused { Reason: RefusalReason.OutOfBalance } => "out_of_balance",
        SubmissionLost => "unknown",
        JobFailed when before.Stage == JobStage.Submitting => "rejected",
        _ => null,
    };

    private static void Time(IJobEvent e, JobState before, string model)
    {
        switch (e)
        {
            case GenerationFinished done:
                AtlasTelemetry.GenerationTime.Record(
                    Seconds((done.FinishedAt ?? done.At) - before.AcceptedAt), AtlasTelemetry.Model(model));
                if (done.FinishedAt is { } finished)
                    AtlasTelemetry.NoticeDelay.Record(Seconds(done.At - finished), AtlasTelemetry.Model(model));
                break;
            case JobSucceeded saved:
                AtlasTelemetry.Downloads.Add(saved.Files.Count, AtlasTelemetry.Model(model));
                AtlasTelemetry.DownloadedBytes.Add(saved.Files.Sum(file => file.Bytes), AtlasTelemetry.Model(model));
                break;
        }
    }

    private void Show(JobState job, string model, int sign)
    {
        if (job.Stage == JobStage.Waiting) _waiting.Add(model, sign, WaitReasons.Job);
        if (!job.HasEnded) _jobs.Add(model, sign, WordOf(job.Stage));
        _money.Add(model, sign * (double)job.SumOf(MoneyStatus.Reserved).Amount, "reserved");
        _money.Add(model, sign * (double)job.SumOf(MoneyStatus.InDoubt).Amount, "in_doubt");
    }

    private static string WordOf(JobStage stage) => stage == JobStage.InDoubt ? "in_doubt" : stage.ToString().ToLowerInvariant();

    /// <summary>Two clocks may be a little apart.</summary>
    private static double Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds);
}
