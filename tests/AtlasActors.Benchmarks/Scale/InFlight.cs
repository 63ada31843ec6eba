using System.Globalization;
using System.Text.Json;

namespace AtlasActors.Benchmarks.Scale;

/// <summary>One batch from its start over its death and recovery to its stop.</summary>
internal sealed class InFlight(ScaleOrder order, ScaleScene scene, ScaleReport report)
{
    private const int InterruptedCode = 130;

    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(10);

    public async Task MeasureAsync(CancellationToken cancellation)
    {
        var program = scene.Run();
        await FillAsync(program, cancellation);
        await PollAsync(program, "in flight", cancellation);
        await StatusAsync("beside the running one", $"running in process {program.Id}", cancellation);
        report.Say("kill -9");
        await program.KillAsync(cancellation);
        var recovered = await new Recovery(scene, report).MeasureAsync(cancellation);
        await PollAsync(recovered, "recovered", cancellation);
        await StopAsync(recovered, cancellation);
        await StatusAsync("of the stopped batch", "not running", cancellation);
    }

    private async Task FillAsync(WatchedProgram program, CancellationToken cancellation)
    {
        report.Say($"waiting for {order.InFlight} in flight");
        var told = TimeSpan.Zero;
        await scene.UntilAsync(program, IsFull, cancellation);
        var (processor, memory) = (program.Processor, program.Resident);
        var submissions = await scene.Page.SubmissionsAsync(cancellation);
        var (first, last) = (submissions[0].AcceptedAt, submissions[^1].AcceptedAt);
        report.AddTime("start to the first submission", first - program.Started);
        report.AddTime($"start to all {order.InFlight} in flight", last - program.Started);
        report.AddRate("submissions", (submissions.Count - 1) / (last - first).TotalSeconds);
        report.Add(
            "processor of the program, a submission",
            string.Create(CultureInfo.InvariantCulture, $"{processor.TotalMilliseconds / order.InFlight:0.00} ms"));
        report.AddMemory("memory when all are in flight", memory);

        bool IsFull(SeenByAtlas seen)
        {
            if (program.Age - told > Telling)
            {
                told = program.Age;
                report.Say(string.Create(CultureInfo.InvariantCulture,
                    $"{told.TotalSeconds:0} s: {seen.InFlight} in flight, {seen.Polls} polls, {program.Resident / 1e6:0} MB"));
            }
            return seen.InFlight >= order.InFlight;
        }
    }

    /// <summary>What it is like while nothing but polls happens.</summary>
    private async Task PollAsync(WatchedProgram program, string state, CancellationToken cancellation)
    {
        report.Say($"waiting for polls, and then {Steady.TotalSeconds} s of them");
        var (polls, processor) = ((await scene.Page.TotalsAsync(cancellation)).Polls, program.Processor);
        await scene.UntilAsync(program, seen => seen.Polls > polls, cancellation);
        var age = program.Age;
        await Task.Delay(Steady, cancellation);
        program.ThrowIfEnded();
        var time = (program.Age - age).TotalSeconds;
        report.AddRate($"polls, {state}", ((await scene.Page.TotalsAsync(cancellation)).Polls - polls) / time);
        var busy = (program.Processor - processor).TotalSeconds / time;
        report.Add(
            $"processor of the program while it polls, {state}",
            string.Create(CultureInfo.InvariantCulture, $"{100 * busy:0} % of one"));
        report.AddMemory($"memory after {Steady.TotalSeconds} s of polling, {state}", program.Resident);
        report.AddMemory($"most memory so far, {state}", program.MostResident);
    }

    private async Task StatusAsync(string where, string phase, CancellationToken cancellation)
    {
        var status = scene.Status();
        Check(await status.EndAsync(cancellation) == 0, $"status ended badly: {await status.ErrorAsync()}");
        Check(
            status.Output.StartsWith($"pack.yaml: {phase}, 0 of {order.Jobs} done", StringComparison.Ordinal),
            $"status does not say '{phase}': {status.Output}");
        report.AddTime($"status {where}", status.Age);
        report.AddMemory($"most memory of status {where}", status.MostResident);

        var json = scene.Status("--json");
        Check(await json.EndAsync(cancellation) == 0, $"status --json ended badly: {await json.ErrorAsync()}");
        using var document = JsonDocument.Parse(json.Output);
        var generating = document.RootElement.GetProperty("results").EnumerateArray()
            .Count(job => job.GetProperty("status").GetString() == "generating");
        Check(generating == order.InFlight, $"status --json has {generating} jobs that are generating.");
        report.AddTime($"status --json {where}", json.Age);
        report.AddMemory($"most memory of status --json {where}", json.MostResident);
    }

    private async Task StopAsync(WatchedProgram program, CancellationToken cancellation)
    {
        report.Say("Ctrl-C");
        var before = program.Age;
        program.Interrupt();
        var code = await program.EndAsync(cancellation);
        report.AddTime("from Ctrl-C to the end", program.Age - before);
        report.AddMemory("most memory of the recovered one, with its stop", program.MostResident);
        Check(code == InterruptedCode, $"After Ctrl-C it ended with {code}: {await program.ErrorAsync()}");
    }

    private static void Check(bool isSo, string otherwise)
    {
        if (!isSo) throw new InvalidOperationException(otherwise.Length > 2000 ? otherwise[..2000] : otherwise);
    }
}
