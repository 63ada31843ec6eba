using AtlasActors.Jobs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// A job's <c>prompt</c>, and under which name its model takes it. It may be left out where the model takes none, where
/// <c>params</c> say it, and with an unknown model that has something else to go out from, as upscalers and
/// transcribers do.
/// </summary>
internal sealed class PromptField(Section job, MediaKind? kind, ModelEntry? model, MapNode? extra, Findings findings)
{
    private static readonly string[] Inputs = ["image", "images", "audio", "image_from", "images_from", "audio_from"];

    private string? Name => model is null ? ModelPrompt.Usual.Name : model.Prompt.Name;

    private bool IsInParams => Name is not null && extra?.Find(Name) is not null;

    /// <summary>Whether the job is in order without one.</summary>
    private bool IsOptional => IsInParams || (model is null
        ? kind is MediaKind.Audio or MediaKind.ThreeD || Inputs.Any(key => job.Find(key) is not null)
        : !model.Prompt.IsRequired);

    /// <summary>
    /// What is sent, and what was written; both null where there is nothing, and <paramref name="isGood"/> says whether
    /// that is in order.
    /// </summary>
    public (BodyField? Sent, string? Written) Read(out bool isGood)
    {
        var node = IsOptional ? job.Find("prompt") : job.Required("prompt");
        var written = job.Text("prompt", node);
        isGood = written is not null || (node is null && IsOptional);
        if (written is null)
            return (null, null);
        if (Name is null)
            findings.Warn(
                node!, job.PathOf("prompt"), $"{model!.Id} is not known to take a prompt, and it is not sent");
        else if (IsInParams)
            findings.Warn(
                node!, job.PathOf("prompt"), $"'params' has '{Name}' too, and that is what is sent",
                "write one of them");
        else
            return (BodyField.Text(Name, written), written);
        return (null, written);
    }
}
