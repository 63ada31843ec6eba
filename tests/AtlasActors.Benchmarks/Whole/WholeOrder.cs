using System.Globalization;
using System.Text;

namespace AtlasActors.Benchmarks.Whole;

/// <summary>What everybody is given to do.</summary>
/// <param name="Jobs">Pictures to make, each of about 20 kB.</param>
/// <param name="Workers">How many are in hand at once.</param>
/// <param name="Rounds">How often each does it, in turns.</param>
/// <param name="Program">The program's assembly or executable.</param>
internal sealed record WholeOrder(int Jobs, int Workers, int Rounds, string Program)
{
    public const string Usage = """
        Measures whole runs, process by process: a simulator that generates at once, and one after the other a bare loop,
        the tutorial's way, and the program.

        AtlasActors.Benchmarks whole [options]

          --jobs N        pictures, of about 20 kB (2000)
          --workers N     in hand at once (64)
          --rounds N      rounds, each of all three (3)
          --program FILE  the program: atlas-actors, or its .dll (the one that was built along)
        """;

    private const string Model = "black-forest-labs/flux-2-pro/text-to-image";
    private const int Width = 320, Height = 256;

    /// <summary>The first wait of those that wait before a poll.</summary>
    public static TimeSpan FirstPoll { get; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The body of a submission.</summary>
    public static string Body(int job) =>
        $$"""{"model":"{{Model}}","prompt":"{{PromptOf(job)}}","width":{{Width}},"height":{{Height}}}""";

    /// <summary>The batch file of the program.</summary>
    public string BatchFile()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            output_dir: out
            max_workers: {{Workers}}
            poll: { initial: {{FirstPoll.TotalMilliseconds}}ms, multiplier: 1.5, max: 1s }
            jobs:

            """));
        for (var job = 1; job <= Jobs; job++)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  - {{ name: picture {job}, type: image, model: {Model}, prompt: \"{PromptOf(job)}\", width: {Width}, height: {Height} }}");
        return text.ToString();
    }

    public static WholeOrder? Read(IReadOnlyList<string> args)
    {
        var order = new WholeOrder(2000, 64, 3, Path.Combine(AppContext.BaseDirectory, "atlas-actors.dll"));
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;
            if (args[i] == "--jobs" && isCount) order = order with { Jobs = count };
            else if (args[i] == "--workers" && isCount) order = order with { Workers = count };
            else if (args[i] == "--rounds" && isCount) order = order with { Rounds = count };
            else if (args[i] == "--program" && File.Exists(value)) order = order with { Program = Path.GetFullPath(value) };
            else return null;
        }
        return order;
    }

    private static string PromptOf(int job) => string.Create(CultureInfo.InvariantCulture, $"picture {job} of a harbour");
}
