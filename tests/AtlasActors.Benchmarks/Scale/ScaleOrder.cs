using System.Globalization;
using System.Text;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>What is to be done at scale.</summary>
/// <param name="Jobs">Pictures in the batch.</param>
/// <param name="InFlight">How many of them are with the API at once.</param>
/// <param name="FirstPoll">The first wait before a poll, in seconds; the longest is twice as long.</param>
/// <param name="Limit">How long all of it may take.</param>
/// <param name="Program">The program's assembly or executable.</param>
internal sealed record ScaleOrder(int Jobs, int InFlight, int FirstPoll, TimeSpan Limit, string Program)
{
    public const string Usage = """
        Measures one large batch, process by process, beside a simulator whose generations do not end: memory and speed while
        it comes into flight and is polled, status, kill -9 and recovery, Ctrl-C, and what a queued job costs.

        AtlasActors.Benchmarks scale [options]

          --jobs N           pictures in the batch (100000)
          --in-flight N      how many of them are with the API at once (50000)
          --first-poll S     seconds until a job's first poll; later waits grow to twice of it (30)
          --limit-minutes N  gives up after so long (20)
          --program FILE     the program: atlas-actors, or its .dll (the one that was built along)
        """;

    private const string Model = "black-forest-labs/flux-2-pro/text-to-image";

    public static ScaleOrder Usual { get; } = new(
        100_000, 50_000, 30, TimeSpan.FromMinutes(20), Path.Combine(AppContext.BaseDirectory, "atlas-actors.dll"));

    /// <summary>Where the batch file says that the results go.</summary>
    public const string OutputFolder = "out";

    /// <summary>The batch file of so many jobs, so many at once.</summary>
    public string BatchFile(int jobs, int workers)
    {
        // No job is to become overdue: it would give its slot back, and more than were ordered would be in flight.
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            output_dir: {{OutputFolder}}
            max_workers: {{workers}}
            max_wait: 24h
            poll: { initial: {{FirstPoll}}s, multiplier: 1.5, max: {{2 * FirstPoll}}s }
            jobs:

            """));
        for (var job = 1; job <= jobs; job++)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  - {{ name: picture {job}, type: image, model: {Model}, prompt: \"{PromptOf(job)}\", width: 320, height: 256 }}");
        return text.ToString();
    }

    public static ScaleOrder? Read(IReadOnlyList<string> args)
    {
        var order = Usual;
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : "";
            var isCount = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;
            if (args[i] == "--jobs" && isCount) order = order with { Jobs = count };
            else if (args[i] == "--in-flight" && isCount) order = order with { InFlight = count };
            else if (args[i] == "--first-poll" && isCount) order = order with { FirstPoll = count };
            else if (args[i] == "--limit-minutes" && isCount) order = order with { Limit = TimeSpan.FromMinutes(count) };
            else if (args[i] == "--program" && File.Exists(value)) order = order with { Program = Path.GetFullPath(value) };
            else return null;
        }
        return order.InFlight <= order.Jobs ? order : null;
    }

    /// <summary>About 100 characters, of no two jobs the same.</summary>
    private static string PromptOf(int job) => string.Create(CultureInfo.InvariantCulture,
        $"picture {job} of a small harbour in the morning, boats at the quay, gulls above, mist over the water");
}
