namespace AtlasActors.Atlas.Webhooks;

/// <summary>Why a webhook was not taken for Atlas's own.</summary>
public enum WebhookFault
{
    /// <summary>A header that belongs to the signature is missing.</summary>
    HeaderMissing,

    /// <summary>Its timestamp is no number of seconds.</summary>
    TimestampUnreadable,

    /// <summary>It was signed too long ago, or in the future: one of the clocks is wrong, or somebody plays it again.</summary>
    TooOld,

    /// <summary>Atlas publishes no key of that name.</summary>
    KeyUnknown,

    /// <summary>Atlas's keys are not to be had just now; a later delivery may be in order.</summary>
    KeysUnreachable,

    /// <summary>The signature is not that key's, of that body at that time.</summary>
    SignatureWrong,

    /// <summary>Atlas signed it, and it names no prediction.</summary>
    BodyUnreadable,
}

/// <summary>What is answered: a constant for each, so that an answer tells nothing of what it was compared with.</summary>
public static class WebhookFaults
{
    /// <summary>One sentence on a fault.</summary>
    public static string Sentence(this WebhookFault fault) => fault switch
    {
        WebhookFault.HeaderMissing => "A header of the signature is missing.",
        WebhookFault.TimestampUnreadable => "The timestamp is no number of seconds.",
        WebhookFault.TooOld => "The timestamp is more than 300 seconds away from this machine's clock.",
        WebhookFault.KeyUnknown => "Atlas Cloud publishes no key of that name.",
        WebhookFault.KeysUnreachable => "Atlas Cloud's keys are not to be had just now.",
        WebhookFault.SignatureWrong => "The signature is not Atlas Cloud's.",
        WebhookFault.BodyUnreadable => "The body names no prediction.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A fault of an unknown kind."),
    };
}
