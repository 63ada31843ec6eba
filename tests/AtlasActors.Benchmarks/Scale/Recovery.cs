using System.Globalization;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>
/// The same command after a kill -9, until each job that was in flight has been asked after again. That each has a timer
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
        var program = scene.Run();
        report.Say("waiting for the first poll of the recovered one");
        await scene.UntilAsync(program, seen => seen.Polls > polls, cancellation);
        var first = program.Age;
        report.AddTime("start to 'Going on with', the batch being read again", program.Spoke ?? first);
        report.AddTime("start to the first poll", first);

        var all = AllAskedAsync(program, before, polls, cancellation);
        await scene.UntilAsync(program, _ => program.Age >= Early, cancellation);
        var early = await scene.Page.TotalsAsync(cancellation);
        report.Add(
            $"polls within {Early.TotalSeconds} s of the start",
            (early.Polls - polls).ToString(CultureInfo.InvariantCulture));
        report.AddMemory($"memory {Early.TotalSeconds} s after the start", program.ResidentAt(Early));

        report.AddTime("start to each job asked after once", await all);
        await scene.UntilAsync(program, _ => program.Age >= Minute, cancellation);
        var later = await scene.Page.TotalsAsync(cancellation);
        report.AddRate(
            $"polls in the first {Minute.TotalSeconds} s, from the first on",
            (later.Polls - polls) / (program.Age - first).TotalSeconds);
        report.AddMemory($"most memory in the first {Minute.TotalSeconds} s", program.MostResident);
        return program;
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
