using AtlasActors.Atlas.Webhooks;

namespace AtlasActors.Jobs;

/// <summary>Submissions that Atlas calls back for: an address in each, and polls that wait for the call.</summary>
internal sealed partial class JobActor
{
    private bool _wasCalled;
    private DateTimeOffset? _calledAt;

    private WebhookToken? NewToken() => tools.Callbacks?.TokenFor(_job.Body);

    /// <summary>The body as it is sent: with the submission's own address where there is one.</summary>
    private string BodyToSend() => tools.Callbacks is { } callbacks && State.Token is { } token
        ? WebhookAddresses.Put(Body, callbacks.Of(batch, _job.Number, State.Submissions, token))
        : Body;

    /// <summary>Atlas called: a poll tells what of. From now on polls are as frequent as without a webhook.</summary>
    private void OnCalled()
    {
        _wasCalled = true;
        if (_state is { Stage: JobStage.Generating or JobStage.Overdue }) _calledAt = Now;
        _polls = 0;
        if (_state is not { Stage: JobStage.Generating or JobStage.Overdue, GeneratedAt: null } || _recording) return;
        Timers.Cancel(nameof(PollDue));
        Poll();
    }

    /// <summary>Polls are the safety net where Atlas calls: they go on, and may be rare.</summary>
    private TimeSpan Patiently(TimeSpan wait) =>
        State.IsCalledBack && !_wasCalled && wait < tools.Settings.WebhookPoll ? tools.Settings.WebhookPoll : wait;
}
