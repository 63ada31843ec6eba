using AtlasActors.Inputs;
using AtlasActors.Models;

namespace AtlasActors.BatchFiles;

/// <summary>
/// Reads what a job is made from: addresses, files of this machine, and what other jobs make. What is no address gets a
/// mark in its place, so that it is found again wherever the model's fields take it.
/// </summary>
internal sealed class InputSection(Section job, LocalInputs files, InputMarks marks, Findings findings)
{
    public static readonly string[] Keys =
        ["image", "last_image", "images", "image_from", "last_image_from", "images_from"];

    private const string AddressForms = "an address (https://…, data:… or asset://…)";

    private static readonly string[] Addresses = ["https://", "http://", "data:", "asset://"];

    /// <summary>The fields with what the job says of its inputs.</summary>
    public AskedFields Over(AskedFields asked) => asked with
    {
        Image = One("image"),
        LastImage = One("last_image"),
        Images = Many(),
        AudioUrl = asked.Audio is null ? Input("audio", InputUse.Sound, "true, false, a file or ") : null,
    };

    private string? One(string key)
    {
        var from = $"{key}_from";
        if (job.Find(from) is not { } node)
            return Input(key, InputUse.Image, "a file or ");
        job.Forbid(key, $"'{from}' says this already", "write one of them");
        return job.Text(from, node) is { } name ? marks.Of(new Mention(name, node, job.PathOf(from))) : null;
    }

    private List<string>? Many()
    {
        var inputs = new List<string?>();
        inputs.AddRange(Each("images", (node, path, text) => Input(node, path, text, InputUse.Image, "a file or ")));
        inputs.AddRange(Each("images_from", (node, path, text) => marks.Of(new Mention(text, node, path))));
        return inputs.Count == 0 || inputs.Contains(null) ? null : [.. inputs.OfType<string>()];
    }

    private string?[] Each(string key, Func<FileNode, string, string, string?> read)
    {
        if (job.Texts(key) is not { } texts || job.Find(key) is not ListNode list)
            return [];
        if (texts.Count == 0)
            findings.Fault(list, job.PathOf(key), $"'{key}' is empty");
        // One that is no text is told already.
        return list.Items.Count != texts.Count
            ? [null]
            : [.. texts.Select((text, i) => read(list.Items[i], NodePath.Item(job.PathOf(key), i), text))];
    }

    private string? Input(string key, InputUse use, string others) =>
        job.Find(key) is { } node && job.Text(key, node) is { } text
            ? Input(node, job.PathOf(key), text, use, others)
            : null;

    private string? Input(FileNode node, string path, string text, InputUse use, string others)
    {
        if (Addresses.Any(begin => text.StartsWith(begin, StringComparison.OrdinalIgnoreCase)))
            return text;
        if (text.Contains("://", StringComparison.Ordinal) || text.Any(char.IsControl))
        {
            findings.Fault(node, path, $"wants {others}{AddressForms}, {Shown.Found(node)}");
            return null;
        }

        var (file, fault, hint) = files.Look(text, use);
        if (file is not null)
            return marks.Of(text, file);
        findings.Fault(node, path, $"wants {others}{AddressForms}: '{Shown.Short(text)}' {fault}", hint);
        return null;
    }
}
