using System.Globalization;
using System.Runtime.InteropServices;
using AtlasActors.Benchmarks.Measuring;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>Brings a batch into flight, kills the program and stops it, and then queues one, measuring all along.</summary>
internal sealed class ScaleRunner(ScaleOrder order, Action<string> progress)
{
    /// <summary>The command <c>scale</c>: its exit code.</summary>
    public static async Task<int> MainAsync(IReadOnlyList<string> args)
    {
        if (ScaleOrder.Read(args) is not { } order)
        {
            Console.Error.WriteLine(ScaleOrder.Usage);
            return 2;
        }
        using var stop = new CancellationTokenSource(order.Limit);
        // What was started must be ended by whoever started it, also when this is ended.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            Console.WriteLine(await new ScaleRunner(order, Console.Error.WriteLine).RunAsync(stop.Token));
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine(
                $"Ended before it was done: by a signal, or because it took longer than {order.Limit.TotalMinutes:0} min.");
            return 1;
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<string> RunAsync(CancellationToken cancellation)
    {
        var before = Machine.Load();
        var report = new ScaleReport(progress);
        await using (var scene = await ScaleScene.SetAsync(order.Program, order.BatchFile(order.Jobs, order.InFlight)))
            await new InFlight(order, scene, report).MeasureAsync(cancellation);
        await new Queued(order, report).MeasureAsync(cancellation);
        var asked = string.Create(CultureInfo.InvariantCulture,
            $"{order.Jobs} jobs, {order.InFlight} in flight, first polls after {order.FirstPoll} s");
        return report.Table(string.Create(CultureInfo.InvariantCulture,
            $"{asked}; {Environment.ProcessorCount} processors, load {before} before, {Machine.Load()} after; {Machine.Runtime}"));
    }
}
