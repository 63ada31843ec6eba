using System.Globalization;
using AtlasActors.Batches;
using AtlasActors.Jobs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AtlasActors.Host.Rendering;

/// <summary>The live picture of a run: a bar, the numbers, and the jobs that Atlas has.</summary>
internal static class ProgressPicture
{
    /// <summary>How many running jobs are shown.</summary>
    public const int MostJobs = 8;

    private static readonly Style Quiet = new(Color.Grey);
    private static readonly Style Bad = new(Color.Red);

    /// <summary>Draws it.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="now">For ages and the time left.</param>
    /// <param name="width">The terminal's columns.</param>
    /// <param name="stopping">Whether a stop is under way.</param>
    public static IRenderable Of(ProgressState state, DateTimeOffset now, int width, bool stopping)
    {
        var rows = new List<IRenderable> { Bar(state, width), Line(Numbers(state, now), width) };
        foreach (var job in state.Running.Take(MostJobs))
            rows.Add(Line(JobRow(job, now), width, job.Stage == JobStage.Overdue ? Bad : Quiet));
        if (state.Running.Count > MostJobs)
            rows.Add(Line(string.Create(
                CultureInfo.InvariantCulture, $"  and {state.Running.Count - MostJobs} more"), width, Quiet));
        if (stopping)
            rows.Add(Line(
                "Stopping: what is on its way to Atlas is being recorded. Ctrl-C again stops at once.", width));
        return new Rows(rows);
    }

    private static Paragraph Bar(ProgressState state, int width)
    {
        var numbers = string.Create(CultureInfo.InvariantCulture, $" {state.Ended}/{state.Total}");
        var length = Math.Clamp(width - numbers.Length - 1, 4, 60);
        var full = state.Total == 0 ? 0 : (int)((long)length * state.Ended / state.Total);
        return new Paragraph()
            .Append(new string('━', full), new Style(state.NotSuccessful > 0 ? Color.Yellow : Color.Green))
            .Append(new string('─', length - full), Quiet)
            .Append(numbers);
    }

    private static string Numbers(ProgressState state, DateTimeOffset now)
    {
        var parts = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{state.Running.Count} running"),
            string.Create(CultureInfo.InvariantCulture, $"{state.Waiting} waiting"),
        };
        if (state.NotSuccessful > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{state.NotSuccessful} not successful"));
        parts.Add(Texts.Money(state.Spent) + " spent");
        if (state.TimeLeft(now) is { } left)
            parts.Add($"about {Rough(left)} left");
        return string.Join(" · ", parts);
    }

    private static string JobRow(JobView job, DateTimeOffset now)
    {
        var age = now - job.Since;
        var shown = Texts.Duration(age > TimeSpan.Zero ? age : TimeSpan.Zero);
        return $"  {Word(job.Stage),-11} {shown,7}  {Texts.OneLine(job.Name)}  {Texts.ShortModel(job.Model)}";
    }

    private static string Word(JobStage stage) => stage switch
    {
        JobStage.Submitting => "submitting",
        JobStage.Generating => "generating",
        JobStage.Downloading => "downloading",
        JobStage.Overdue => "overdue",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Only running jobs are shown."),
    };

    /// <summary>An estimate does not change with every frame: whole seconds, from a minute on fives.</summary>
    private static string Rough(TimeSpan time)
    {
        var grain = time < TimeSpan.FromMinutes(1) ? 1 : 5;
        var seconds = Math.Ceiling(time.TotalSeconds / grain) * grain;
        return seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0}s")
            : Texts.Duration(TimeSpan.FromSeconds(seconds));
    }

    private static Text Line(string text, int width, Style? style = null)
    {
        var segment = new Segment(Texts.OneLine(text));
        if (segment.CellCount() >= width)
            segment = Segment.Truncate(segment, Math.Max(1, width - 1)) ?? segment;
        return new Text(segment.Text, style);
    }
}
