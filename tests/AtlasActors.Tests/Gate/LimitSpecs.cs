using Akka.Actor;
using AtlasActors.Atlas;
using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Hosting;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Gate;

/// <summary>Limits that are set while batches run.</summary>
public class LimitSpecs : AtlasSpecs
{
    private static readonly GateLimits Usual = Some.Settings.Gate;
    private static readonly string Model = Some.Image().Model;

    [Fact]
    public void A_higher_limit_lets_what_waits_go_at_once_and_a_lower_one_lets_nothing_go_until_there_is_room()
    {
        Atlas.OnSubmit = (_, _) => new TaskCompletionSource<SubmitAnswer>().Task;
        var atlas = StartAtlas(settings: Some.Settings with { Gate = Usual with { Account = 1 } });
        Begin(atlas, Some.Images(5, workers: 5));
        AwaitCondition(() => Atlas.Submitted.Count == 1, TimeSpan.FromSeconds(30));

        Assert.Equal(3, Set(atlas, Usual with { Account = 3 }).Account);
        AwaitCondition(() => Atlas.Submitted.Count == 3, TimeSpan.FromSeconds(30));

        Set(atlas, Usual with { Account = 2 });
        Begin(atlas, Some.Images(5, workers: 5));
        Assert.Equal(2, Current(atlas).Account);
        Assert.Equal(3, Atlas.Submitted.Count);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_refused_with_all_that_is_wrong_and_those_in_force_stay()
    {
        var atlas = StartAtlas();
        atlas.Tell(
            new LimitCommands.SetLimits(new GateLimits(0, 5, new Dictionary<string, int> { ["a/b"] = -1 }, TimeSpan.Zero)), TestActor);

        Assert.Equal(
            """
            The limits are not in order, and stay as they are:
            - Account is 0: give a whole number from 1.
            - a/b is -1: give a whole number from 1.
            - Age is 00:00:00: give a time of more than nothing.
            """,
            Assert.IsType<BatchException>(ExpectMsg<Status.Failure>().Cause).Message, ignoreLineEndingDifferences: true);
        Assert.Equal((1000, 1000), (Current(atlas).Account, Current(atlas).Model));
    }

    [Fact]
    public void Limits_of_models_and_ages_hold_from_then_on()
    {
        var gate = new GateState(Usual);
        foreach (var leave in Jobs(1, 5)) gate.Request(leave, BatchPriority.Normal, Some.Time);
        Assert.Equal(5, gate.Grant(Some.Time).Count);

        gate.Use(Usual with { Models = new Dictionary<string, int> { [Model] = 6 } });
        foreach (var leave in Jobs(6, 5)) gate.Request(leave, BatchPriority.Normal, Some.Time);
        Assert.Single(gate.Grant(Some.Time));

        gate.Use(Usual);
        Assert.Equal(4, gate.Grant(Some.Time).Count);
    }

    [Fact]
    public void A_model_that_429_narrowed_stays_narrow_and_widens_to_its_new_limit()
    {
        var way = new ModelWay(8) { InFlight = 8 };
        way.Narrow(TimeSpan.Zero, TimeSpan.FromSeconds(1), Some.Time);
        way.InFlight = 0;

        way.Use(100);
        Assert.Equal(4, Fits(way));
        way.Use(2);
        Assert.Equal(2, Fits(way));
        way.Use(3);
        for (var i = 0; i < 50; i++) way.Widen();
        Assert.Equal(3, Fits(way));
    }

    private GateLimits Set(IActorRef atlas, GateLimits limits)
    {
        atlas.Tell(new LimitCommands.SetLimits(limits), TestActor);
        ExpectMsg<GateLimits>();
        return Current(atlas);
    }

    private GateLimits Current(IActorRef atlas)
    {
        atlas.Tell(new LimitQueries.GetLimits(), TestActor);
        return ExpectMsg<GateLimits>();
    }

    private static int Fits(ModelWay way)
    {
        for (way.InFlight = 0; way.IsOpen(Some.Time); way.InFlight++)
        {
        }
        var fits = way.InFlight;
        way.InFlight = 0;
        return fits;
    }

    private static IEnumerable<Leave> Jobs(int first, int count) =>
        Enumerable.Range(first, count).Select(job => new Leave(BatchId.Parse("big"), job, Model));
}
