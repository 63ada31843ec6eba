namespace AtlasActors.Polling;

/// <summary>
/// Finds the poll times that cost least, where a second that a result lies unnoticed costs 1 and a poll costs its price:
/// by dynamic programming, from the last possible poll to the first. Pure.
/// </summary>
internal static class PollPlanner
{
    private const int Moments = 200;

    /// <param name="times">What is believed of the generation's time.</param>
    /// <param name="price">The seconds of delay that one poll is worth.</param>
    /// <param name="least">The shortest wait between polls, in seconds.</param>
    /// <param name="longest">The longest wait between two polls; the first may come later.</param>
    public static PollPlan Plan(TimeDistribution times, double price, double least, double longest)
    {
        var moments = MomentsOf(times);
        var done = Array.ConvertAll(moments, times.Until);
        var doneTimes = new double[moments.Length];
        for (var i = 1; i < moments.Length; i++)
            doneTimes[i] = doneTimes[i - 1] + ((done[i] - done[i - 1]) * (moments[i] + moments[i - 1]) / 2);

        // The cost of all that follows a poll at a moment that finds the job running, weighed with how likely it is that
        // it does; so how long it has run already is in it, and nothing is divided by what may be nothing.
        var costs = new double[moments.Length];
        var next = new int[moments.Length];
        for (var from = moments.Length - 2; from >= 0; from--)
        {
            costs[from] = double.MaxValue;
            for (var to = from + 1; to < moments.Length; to++)
            {
                var wait = moments[to] - moments[from];
                if (wait < least && to < moments.Length - 1) continue;
                if (wait > longest && from > 0 && costs[from] < double.MaxValue) break;
                var delay = (moments[to] * (done[to] - done[from])) - (doneTimes[to] - doneTimes[from]);
                var cost = delay + (price * (1 - done[from])) + costs[to];
                if (cost >= costs[from]) continue;
                (costs[from], next[from]) = (cost, to);
            }
        }

        var plan = new List<double>();
        for (var at = next[0]; ; at = next[at])
        {
            plan.Add(moments[at]);
            if (at == moments.Length - 1) return new PollPlan(plan, longest);
        }
    }

    /// <summary>The beginning, and even ratios over all that is at all likely and a good deal more.</summary>
    private static double[] MomentsOf(TimeDistribution times)
    {
        var (first, last) = (times.Quantile(0.0005), Math.Max(times.Quantile(0.9995), 3 * times.Quantile(0.5)));
        var moments = new double[Moments + 1];
        for (var i = 0; i < Moments; i++) moments[i + 1] = first * Math.Pow(last / first, i / (Moments - 1.0));
        return moments;
    }
}
