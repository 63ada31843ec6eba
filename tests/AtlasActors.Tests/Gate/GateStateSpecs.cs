using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Gate;

public class GateStateSpecs
{
    private static readonly BatchId Big = BatchId.Parse("big");
    private static readonly BatchId Small = BatchId.Parse("small");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Now = Some.Time;

    [Fact]
    public void Everybody_may_go_while_the_account_has_room()
    {
        var gate = With(10, Jobs(Big, 3));

        Assert.Equal([1, 2, 3], gate.Grant(Now).Select(leave => leave.Job));
        Assert.Empty(gate.Grant(Now));
    }

    [Fact]
    public void The_account_limit_holds_until_a_leave_comes_back()
    {
        var gate = With(2, Jobs(Big, 3));
        var first = gate.Grant(Now);

        Assert.Equal(2, first.Count);
        gate.Return(first[0], Now);
        Assert.Equal([3], gate.Grant(Now).Select(leave => leave.Job));
    }

    [Fact]
    public void A_small_batch_does_not_wait_for_a_big_one()
    {
        var gate = With(4, [.. Jobs(Big, 100), .. Jobs(Small, 2)]);

        Assert.Equal([Big, Small, Big, Small], gate.Grant(Now).Select(leave => leave.Batch));
    }

    [Fact]
    public void After_429_the_model_pauses_and_others_go_on()
    {
        var gate = With(10, [new Leave(Big, 1, "a")]);
        gate.Grant(Now);
        gate.RateLimited("a", null, Second, Now);
        gate.Return(new Leave(Big, 1, "a"), Now);
        gate.Request(new Leave(Big, 1, "a"), BatchPriority.Normal, Now);
        gate.Request(new Leave(Big, 2, "b"), BatchPriority.Normal, Now);

        Assert.Equal([2], gate.Grant(Now).Select(leave => leave.Job));
        Assert.Equal(Now.AddSeconds(4), gate.NextOpening(Now));
        Assert.Equal([1], gate.Grant(Now.AddSeconds(4)).Select(leave => leave.Job));
    }

    [Fact]
    public void After_429_half_as_many_of_the_model_are_in_flight_and_success_widens_again()
    {
        var gate = With(100, Jobs(Big, 8));
        foreach (var leave in gate.Grant(Now))
        {
            if (leave.Job == 1) gate.RateLimited("a", TimeSpan.Zero, Second, Now);
            gate.Return(leave, Now);
        }
        foreach (var leave in Jobs(Small, 8)) gate.Request(leave, BatchPriority.Normal, Now);

        Assert.Equal(4, gate.Grant(Now).Count);
        for (var i = 0; i < 5; i++) gate.Accepted("a");
        Assert.Single(gate.Grant(Now));
    }

    [Fact]
    public void A_leave_given_back_before_it_was_granted_is_never_granted()
    {
        var gate = With(1, Jobs(Big, 2));
        gate.Return(new Leave(Big, 1, "a"), Now);

        Assert.Equal([2], gate.Grant(Now).Select(leave => leave.Job));
    }

    [Fact]
    public void Asking_twice_is_asking_once()
    {
        var gate = With(10, [.. Jobs(Big, 1), .. Jobs(Big, 1)]);

        Assert.Single(gate.Grant(Now));
        gate.Request(new Leave(Big, 1, "a"), BatchPriority.Normal, Now);
        Assert.Empty(gate.Grant(Now));
    }

    [Fact]
    public void A_model_has_a_limit_of_its_own_and_others_go_past_it()
    {
        var gate = new GateState(Some.Settings.Gate with { Models = new Dictionary<string, int> { ["a"] = 2 } });
        foreach (var leave in Jobs(Big, 5)) gate.Request(leave, BatchPriority.Normal, Now);
        gate.Request(new Leave(Big, 9, "b"), BatchPriority.Normal, Now);

        Assert.Equal([1, 2, 9], gate.Grant(Now).Select(leave => leave.Job));
        for (var i = 0; i < 100; i++) gate.Accepted("a");
        Assert.Empty(gate.Grant(Now));
    }

    private static Leave[] Jobs(BatchId batch, int count) => [.. Enumerable.Range(1, count).Select(job => new Leave(batch, job, "a"))];

    private static GateState With(int limit, Leave[] leaves)
    {
        var gate = new GateState(Some.Settings.Gate with { Account = limit });
        foreach (var leave in leaves) gate.Request(leave, BatchPriority.Normal, Now);
        return gate;
    }
}
