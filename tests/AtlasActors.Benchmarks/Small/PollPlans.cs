using AtlasActors.Polling;
using BenchmarkDotNet.Attributes;

namespace AtlasActors.Benchmarks.Small;

/// <summary>When to poll: the plan for a model, and what a job reads from it.</summary>
[MemoryDiagnoser]
public class PollPlans
{
    private static readonly TimeDistribution Times = TimeDistribution.LogNormal(median: 60, spread: 0.3);
    private static readonly PollPlan Plan = PollPlanner.Plan(Times, price: 2, least: 0.5, longest: 30);

    [Benchmark]
    public object MakePlan() => PollPlanner.Plan(Times, price: 2, least: 0.5, longest: 30);

    [Benchmark]
    public TimeSpan WaitAfter() => Plan.WaitAfter(TimeSpan.FromSeconds(55), phase: 0.2);
}
