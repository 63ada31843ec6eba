using Akka.Actor;
using Akka.Event;
using AtlasActors.Jobs;

namespace AtlasActors.Batches;

/// <summary>Atlas's webhooks: who they are for, and what they change. Replied to when that is in the journal.</summary>
internal sealed partial class BatchCoordinator
{
    /// <summary>Decided when all events that are being written are in the state.</summary>
    private void OnWebhook(AtlasWebhook webhook)
    {
        var asker = Sender;
        DeferAsync(webhook, known => Take(known, asker));
    }

    private void Take(AtlasWebhook webhook, IActorRef asker)
    {
        if (!IsForUs(webhook))
        {
            asker.Tell(new WebhookReply.Unknown());
            return;
        }
        var told = WebhookRules.After(
            _state.Job(webhook.Job), webhook.Submission, webhook.Event, _active.ContainsKey(webhook.Job), webhook.Job, Now);
        if (told is null)
        {
            asker.Tell(Heed(webhook));
            return;
        }
        PersistAsync(told, e =>
        {
            _state.Apply(e);
            if (_state.Job(e.Job).Stage != JobStage.Queued) _queue.Remove(e.Job);
            After(e);
            Heed(webhook);
            TakeUpAgain();
            asker.Tell(new WebhookReply.Taken());
        });
    }

    private bool IsForUs(AtlasWebhook webhook)
    {
        if (webhook.Job < 1 || webhook.Job > _state.JobCount) return false;
        var token = _state.Job(webhook.Job).Tokens.Find(token => token.Submission == webhook.Submission);
        return token is not null && token.Token.Is(webhook.Token);
    }

    /// <summary>Has the job polled at once, where it waits for this.</summary>
    private WebhookReply Heed(AtlasWebhook webhook)
    {
        if (!WebhookRules.IsAwaited(_state.Job(webhook.Job), webhook.Submission)) return new WebhookReply.Taken();
        if (_active.TryGetValue(webhook.Job, out var work))
            work.Actor.Tell(new JobCommands.AtlasCalled());
        else if (_phase == BatchPhase.Stopping)
            return new WebhookReply.Later();
        else
            TakeUpAgain();
        return new WebhookReply.Taken();
    }

    /// <summary>
    /// A batch that was finished goes on: there is something to collect, or money to be told of. One that a person stopped,
    /// or that can't submit, is left to be resumed. By way of the parent, which keeps account of who is at work.
    /// </summary>
    private void TakeUpAgain()
    {
        if (_phase != BatchPhase.Finished) return;
        _log.Info("Batch {0} is taken up again by a webhook of Atlas Cloud's", _id.Value);
        Context.Parent.Tell(new BatchCommands.TakeUpBatch(_id), Context.Parent);
    }
}
