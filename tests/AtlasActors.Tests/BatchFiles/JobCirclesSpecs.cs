using AtlasActors.BatchFiles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AtlasActors.Tests.BatchFiles;

public class JobCirclesSpecs
{
    private static readonly Gen<int[][]> Needs =
        from count in Gen.Choose(0, 12)
        from parents in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, Math.Max(0, count - 1))).Select(all => all.Distinct().Take(3).ToArray()), count)
        select parents;

    [Fact]
    public void Every_circle_is_one_and_there_is_none_only_where_everybody_can_begin() => Prop.ForAll(Arb.From(Needs), needs =>
    {
        var circles = JobCircles.In(needs).ToList();
        var areCircles = circles.All(circle => circle.Count > 0 && circle.Select((job, i) => needs[job].Contains(circle[(i + 1) % circle.Count])).All(does => does));
        return areCircles && circles.SelectMany(circle => circle).Distinct().Count() == circles.Sum(circle => circle.Count)
            && (circles.Count == 0) == CanAllBegin(needs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_no_circle_and_does_not_overflow() =>
        Assert.Empty(JobCircles.In([.. Enumerable.Range(0, 100_000).Select(job => job == 0 ? Array.Empty<int>() : [job - 1])]));

    private static bool CanAllBegin(int[][] needs)
    {
        var done = new HashSet<int>();
        while (Enumerable.Range(0, needs.Length).Where(job => !done.Contains(job) && needs[job].All(done.Contains)).ToList() is { Count: > 0 } next)
            done.UnionWith(next);
        return done.Count == needs.Length;
    }
}
