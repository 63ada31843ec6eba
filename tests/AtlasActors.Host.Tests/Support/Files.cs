using System.Text.RegularExpressions;

namespace AtlasActors.Host.Tests.Support;

/// <summary>Batch files for tests.</summary>
internal static class Files
{
    /// <summary>Two jobs in order, 0.04 and 0.11 USD.</summary>
    public const string Pack = """
        max_workers: 2
        jobs:
          - name: Hero shot
            type: image
            model: black-forest-labs/flux-2-pro/text-to-image
            prompt: a lighthouse at dawn
          - name: Clip
            type: video
            model: bytedance/seedance-v1.5-pro/text-to-video
            prompt: waves
            duration: 5
        """;

    /// <summary>Two jobs in order, and one of a type that there is not.</summary>
    public const string PackWithAudio = Pack + """

          - name: Jingle
            type: hologram
            model: somebody/music
            prompt: bells
        """;

    /// <summary>Ten mistakes, each on a line of its own.</summary>
    public const string TenMistakes = """
        max_workers: none
        jobs:
          - name: One
            type: image
            model: ""
            prompt: a
          - name: Two
            type: image
            model: black-forest-labs/flux-2-pro/text-to-image
          - type: image
            model: black-forest-labs/flux-2-pro/text-to-image
            prompt: c
          - name: Four
            type: image
            model: black-forest-labs/flux-2-pro/text-to-image
            promt: d
            prompt: d
            width: -1
            height: tall
          - name: Five
            type: video
            model: bytedance/seedance-v1.5-pro/text-to-video
            prompt: e
            duration: soon
            retries: -2
            on_unknown_submit: maybe
        """;

    /// <summary>How many lines tell a fault of the file, with its line and column.</summary>
    public static int FaultsIn(string errors, string file) =>
        Regex.Count(errors, $@"^{Regex.Escape(file)}:\d+:\d+: ", RegexOptions.Multiline);
}
