using AtlasActors.Atlas.Webhooks;

namespace AtlasActors.Batches;

/// <summary>A webhook that Atlas signed, for one submission of one job; a <see cref="WebhookReply"/> is the reply.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Job">The job's number in it.</param>
/// <param name="Submission">Which of the job's submissions, from 1.</param>
/// <param name="Token">What the address has for a token; it is to be that submission's.</param>
/// <param name="Event">What Atlas tells.</param>
internal sealed record AtlasWebhook(BatchId Batch, int Job, int Submission, string Token, WebhookEvent Event) : IBatchCommand
{
    /// <summary>All but the token, so that a log line shows none.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(AtlasWebhook)} {{ {Batch}/{Job}/{Submission} }}");
}

/// <summary>What became of a request that says it is a webhook of Atlas's.</summary>
public abstract record WebhookReply
{
    private WebhookReply() { }

    /// <summary>It is Atlas's and is taken, or was before; what it changes is in the journal.</summary>
    public sealed record Taken : WebhookReply;

    /// <summary>There is no such submission, or the token is another's: which of them, nobody is told.</summary>
    public sealed record Unknown : WebhookReply;

    /// <summary>It can't be taken just now; Atlas delivers it again.</summary>
    public sealed record Later : WebhookReply;

    /// <summary>It is not Atlas's, or can't be told to be.</summary>
    public sealed record Refused(WebhookFault Fault) : WebhookReply;
}
