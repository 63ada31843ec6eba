using System.Globalization;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>
/// <c>resume</c> after a kill -9, until each job that was in flight has been asked after again. That each has a timer
/// again cannot be seen from outside; that the simulator was asked after each of them, by its own count, can.
/// </summary>
internal sealed class Recovery(ScaleScene scene, ScaleReport report)
{
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The program at work again.</summary>
    public async Task<WatchedProgram> MeasureAsync(CancellationToken cancellation)
    {
        var before = await scene.Page.SubmissionsAsync(cancellation);
        var polls = before.Sum(submission => submission.Polls);
        var program = scene.Resume();
        var all = AllAskedAsync(program, before, polls, cancellation);
        var seen = new List<(TimeSpan Age, int Polls)>();
        await scene.UntilAsync(program, IsOver, cancellation);

        var first = seen.First(moment => moment.Polls > 0).Age;
        report.AddTime("start to 'Going on with', the journal being read", program.Spoke ?? first);
        report.AddTime("start to the first poll", first);
        report.Add(
            $"polls within {Early.TotalSeconds} s of the start",
            seen.LastOrDefault(moment => moment.Age <= Early).Polls.ToString(CultureInfo.InvariantCulture));
        report.AddMemory($"memory {Early.TotalSeconds} s after the start", program.ResidentAt(Early));
        report.AddTime("start to each job asked after once", await all);
        var minute = seen.First(moment => moment.Age >= Minute && moment.Age > first);
        report.AddRate(
            $"polls from the first one to {Minute.TotalSeconds} s after the start",
            minute.Polls / (minute.Age - first).TotalSeconds);
        report.AddMemory("most memory until then", program.MostResident);
        return program;

        bool IsOver(SeenByAtlas now)
        {
            seen.Add((program.Age, now.Polls - polls));
            return program.Age >= Minute && all.IsCompleted;
        }
    }

    private async Task<TimeSpan> AllAskedAsync(
        WatchedProgram program, IReadOnlyList<SeenSubmission> before, int polls, CancellationToken cancellation)
    {
        report.Say($"waiting until each of {before.Count} was asked after");
        // Until there were so many polls it cannot be, and the simulator need not write it all down.
        await scene.UntilAsync(program, seen => seen.Polls - polls >= before.Count, cancellation);
        while (true)
        {
            var asked = program.Age;
            var now = await scene.Page.SubmissionsAsync(cancellation);
            var missing = before.Where((submission, place) => now[place].Polls == submission.Polls).Count();
            if (missing == 0) return asked;
            report.Say(string.Create(
                CultureInfo.InvariantCulture, $"{asked.TotalSeconds:0.0} s: {missing} of {before.Count} not asked after yet"));
            program.ThrowIfEnded();
            await Task.Delay(Pause, cancellation);
        }
    }
}
