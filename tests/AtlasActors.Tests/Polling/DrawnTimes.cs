using AtlasActors.Polling;

namespace AtlasActors.Tests.Polling;

/// <summary>Generation times as models have them, lognormal, drawn by a seed; in seconds.</summary>
internal sealed class DrawnTimes(int seed, double spread = 0.3)
{
    private readonly Random _chance = new(seed);

    public double Next(double median)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble());
        return median * Math.Exp(spread * normal);
    }

    public double[] Take(int count, double median) => [.. Enumerable.Range(0, count).Select(_ => Next(median))];

    /// <summary>The best that anybody can do who knows the times' distribution, and not the times.</summary>
    public static PollPlan Limit(double median, double price, double spread = 0.3) =>
        PollPlanner.Plan(TimeDistribution.LogNormal(median, spread), price, least: 0.5, longest: 1000);
}
