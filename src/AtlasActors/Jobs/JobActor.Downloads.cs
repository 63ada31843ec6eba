using Akka.Actor;
using Akka.Event;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Gate;
using static AtlasActors.Jobs.JobEvents;

namespace AtlasActors.Jobs;

/// <summary>The second half of a job's life: Atlas is done and has charged, and the files are brought, never made again.</summary>
internal sealed partial class JobActor
{
    private void BeginDownloads()
    {
        tools.Gate.Tell(new GateCommands.ReturnLeave(_leave));
        if (State.Urls.Count == 0)
            Record(new JobFailed(_job.Number, Now, new AtlasFailure(
                "Atlas Cloud reports the generation as completed, and charges it, but gives no output"
                + (State.IsFlagged ? ", which it holds for unfit to be shown." : ".") + " Their support can refund it.")));
        else if (Downloads.Addresses.Count == 0)
            PollIn(TimeSpan.Zero);
        else
            Download();
    }

    /// <summary>The outputs' addresses, asked again because those of before are of an earlier life, or signed and too old.</summary>
    private void OnFreshAddresses(PollAnswer answer)
    {
        switch (answer)
        {
            case PollAnswer.Completed { Outputs.Count: > 0 } done:
                Downloads.Addresses = done.Outputs;
                Download();
                break;
            case PollAnswer.Unanswered or PollAnswer.KeyRefused or PollAnswer.Running:
                TryAgain(DownloadTrouble.Interrupted, new AtlasFailure("Atlas Cloud does not tell where the output is."), null);
                break;
            default:
                Downloads.Addresses = State.Urls;
                Download();
                break;
        }
    }

    private void Download()
    {
        if (Downloads.IsDone)
        {
            Record(new JobSucceeded(_job.Number, Now, Downloads.Files));
            return;
        }
        if (Downloads.Next(State.Urls.Count) is not { } order)
        {
            PollIn(TimeSpan.Zero);
            return;
        }
        tools.Downloads.DownloadAsync(order, UntilStopped).PipeTo(Self,
            success: answer => new DownloadAnswered(answer), failure: fault => new CallFailed(fault));
    }

    private void OnDownloadAnswer(DownloadAnswer answer)
    {
        switch (answer)
        {
            case DownloadAnswer.Saved saved: OnSaved(saved); break;
            case DownloadAnswer.Interrupted a: TryAgain(DownloadTrouble.Interrupted, a.Failure, a.RetryAfter); break;
            case DownloadAnswer.Gone a: TryAgain(DownloadTrouble.Gone, a.Failure, null); break;
            case DownloadAnswer.WrongKind a: TryAgain(DownloadTrouble.WrongKind, a.Failure, null); break;
            case DownloadAnswer.DiskRefused a:
                Context.Parent.Tell(new JobReports.TroubleForAll(HaltReason.DiskRefused, a.Failure.Message));
                break;
            default: throw new NotSupportedException($"No rule for {answer.GetType().Name}.");
        }
    }

    private void OnSaved(DownloadAnswer.Saved saved)
    {
        Downloads.Saved(saved);
        Download();
    }

    /// <summary>Tries again, from the part that is there; an address that serves nothing is asked for anew first.</summary>
    private void TryAgain(DownloadTrouble trouble, AtlasFailure failure, TimeSpan? retryAfter)
    {
        var tries = Downloads.Count(trouble);
        Log.Info("Download of {0}, try {1}: {2}", _job.Name, tries, failure.WithRequest());
        Waits(failure.Message);
        if (trouble != DownloadTrouble.Interrupted && tries >= tools.Settings.GoneTries)
        {
            Record(new JobFailed(_job.Number, Now, failure, OutputsGone: trouble == DownloadTrouble.Gone));
            return;
        }
        if (State.Stage == JobStage.Downloading && tries >= tools.Settings.DownloadTries)
        {
            Record(new JobFellOverdue(_job.Number, Now, failure));
            return;
        }
        if (State.Stage == JobStage.Overdue)
        {
            PollIn(tools.Settings.OverduePoll);
            return;
        }
        var wait = retryAfter ?? RetrySchedule.AfterInterruption(tries, _job.Policy.RetryBase);
        if (trouble == DownloadTrouble.Interrupted && Downloads.Addresses.Count > 0)
            Timers.StartSingleTimer(nameof(DownloadDue), DownloadDue.Instance, wait);
        else
            PollIn(wait);
    }
}
