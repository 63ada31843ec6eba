using AtlasActors.Batches;
using AtlasActors.Gate;
using AtlasActors.Tests.Support;
using Xunit;

namespace AtlasActors.Tests.Gate;

/// <summary>How batches share the account, with generations that each take as long.</summary>
public class GateSharingSpecs
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_batch_of_10_is_through_long_before_one_of_10_000_and_gets_its_half()
    {
        var floor = new Floor(slots: 8);
        floor.Add("big", 10_000, BatchPriority.Normal);
        floor.Pass(TimeSpan.FromMinutes(10));
        floor.Add("small", 10, BatchPriority.Normal);
        floor.Pass(Floor.Generation * 1.5);

        Assert.Equal((4, 4), (floor.InFlight("big"), floor.InFlight("small")));
        floor.Pass(Floor.Generation * 3);
        Assert.Equal(10, floor.Done("small"));
    }

    [Fact]
    public void Batches_share_by_their_priority()
    {
        var floor = new Floor(slots: 14);
        floor.Add("high", 1000, BatchPriority.High);
        floor.Add("normal", 1000, BatchPriority.Normal);
        floor.Add("low", 1000, BatchPriority.Low);
        floor.Pass(TimeSpan.FromMinutes(20));

        Assert.Equal((8, 4, 2), (floor.InFlight("high"), floor.InFlight("normal"), floor.InFlight("low")));
    }

    [Fact]
    public void With_fewer_slots_than_its_share_a_low_batch_waits_and_its_turn_comes()
    {
        var floor = new Floor(slots: 1);
        floor.Add("low", 5, BatchPriority.Low);
        for (var i = 0; i < 200; i++)
        {
            floor.Add($"high {i}", 1, BatchPriority.High);
            floor.Pass(Floor.Generation);
        }

        Assert.Equal(5, floor.Done("low"));
        Assert.True(floor.DoneAll() - 5 > 150, "The others go before it.");
    }

    [Fact]
    public void Of_a_hundred_equal_batches_none_is_left_behind()
    {
        var floor = new Floor(slots: 7);
        for (var i = 0; i < 100; i++) floor.Add($"batch {i}", 20, BatchPriority.Normal);
        floor.Pass(Floor.Generation * 100);

        var done = Enumerable.Range(0, 100).Select(i => floor.Done($"batch {i}")).ToList();
        Assert.InRange(done.Max() - done.Min(), 0, 1);
    }

    /// <summary>Atlas, and those who submit: what is let through comes back a generation later.</summary>
    private sealed class Floor(int slots)
    {
        public static readonly TimeSpan Generation = TimeSpan.FromSeconds(20);

        private readonly GateState _gate = new(Some.Settings.Gate with { Account = slots, Age = Age });
        private readonly PriorityQueue<Leave, DateTimeOffset> _out = new();
        private readonly Dictionary<BatchId, int> _done = [];
        private DateTimeOffset _now = Some.Time;

        public void Add(string batch, int jobs, BatchPriority priority)
        {
            for (var job = 1; job <= jobs; job++) _gate.Request(new Leave(Id(batch), job, "a"), priority, _now);
        }

        public void Pass(TimeSpan time)
        {
            Let();
            var end = _now + time;
            while (_out.TryPeek(out var leave, out var due) && due <= end)
            {
                _out.Dequeue();
                _now = due;
                _done[leave.Batch] = _done.GetValueOrDefault(leave.Batch) + 1;
                _gate.Return(leave, _now);
                Let();
            }
            _now = end;
        }

        public int InFlight(string batch) => _out.UnorderedItems.Count(item => item.Element.Batch == Id(batch));

        public int Done(string batch) => _done.GetValueOrDefault(Id(batch));

        public int DoneAll() => _done.Values.Sum();

        private void Let()
        {
            foreach (var leave in _gate.Grant(_now)) _out.Enqueue(leave, _now + Generation);
        }

        private static BatchId Id(string name) => BatchId.Parse(name.Replace(' ', '-'));
    }
}
