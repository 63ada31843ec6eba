using System.Globalization;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>
/// What a queued job costs: the memory of a process that has the whole batch, one job of it in flight, less that of one with
/// a batch of one. It is all that the process holds (VmRSS), garbage that nobody collected among it.
/// </summary>
internal sealed class Queued(ScaleOrder order, ScaleReport report)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    public async Task MeasureAsync(CancellationToken cancellation)
    {
        var one = await HeldAsync(1, cancellation);
        var all = await HeldAsync(order.Jobs, cancellation);
        Add("begun by run", one.Begun, all.Begun);
        Add("taken up by resume", one.Resumed, all.Resumed);
    }

    private async Task<(long Begun, long Resumed)> HeldAsync(int jobs, CancellationToken cancellation)
    {
        report.Say($"a batch of {jobs}, one at once");
        await using var scene = await ScaleScene.SetAsync(order.Program, order.BatchFile(jobs, workers: 1));
        var program = scene.Run();
        await scene.UntilAsync(program, seen => seen.InFlight > 0, cancellation);
        var begun = await RestAsync(program, cancellation);
        await program.KillAsync(cancellation);

        var polls = (await scene.Page.TotalsAsync(cancellation)).Polls;
        var again = scene.Resume();
        await scene.UntilAsync(again, seen => seen.Polls > polls, cancellation);
        return (begun, await RestAsync(again, cancellation));
    }

    private static async Task<long> RestAsync(WatchedProgram program, CancellationToken cancellation)
    {
        await Task.Delay(Rest, cancellation);
        program.ThrowIfEnded();
        return program.Resident;
    }

    private void Add(string how, long one, long all)
    {
        report.AddMemory($"memory with one job, {how}", one);
        report.AddMemory($"memory with {order.Jobs} jobs, all but one queued, {how}", all);
        report.Add(
            $"memory a queued job, {how}",
            string.Create(CultureInfo.InvariantCulture, $"{(all - one) / Math.Max(1, order.Jobs - 1)} bytes"));
    }
}
