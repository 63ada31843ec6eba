using Akka.Embedded.Tests.Soak.Books;
using Xunit;

namespace Akka.Embedded.Tests.Soak;

/// <summary>The books find a journal that forgets, repeats or invents.</summary>
public sealed class BrokenEventsSpecs
{
    private readonly Findings _findings = new();
    private readonly EventBook _events;

    public BrokenEventsSpecs()
    {
        _events = new EventBook(_findings.Report);
        for (var i = 1; i <= 3; i++)
            _events.Persist(i, blocks: i == 1, written: true);
        _events.Handle(1);
        _events.Handle(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_event_in_doubt_may_be_replayed_or_not(bool replayed) =>
        Assert.Empty(replayed ? After(1, 2, 3) : After(1, 2));

    [Fact]
    public void An_event_that_is_not_replayed_is_found() =>
        Assert.Contains("was not replayed event 1", Assert.Single(After(2)));

    [Fact]
    public void An_event_that_is_replayed_twice_is_found() =>
        Assert.Contains("event 2 after event 2", Assert.Single(After(1, 2, 2)));

    [Fact]
    public void An_event_that_was_rejected_and_comes_all_the_same_is_found()
    {
        _events.Reject(3);
        Assert.Contains("was replayed event 3", Assert.Single(After(1, 2, 3)));
    }

    [Fact]
    public void What_a_snapshot_or_a_deletion_covers_need_not_come()
    {
        _events.Cover(1);
        Assert.Empty(After(2));
    }

    [Fact]
    public void Handlers_in_another_order_are_found()
    {
        _events.Persist(4, blocks: false, written: true);
        _events.Handle(4);
        Assert.Contains("where event 3 was due", Assert.Single(_findings.Texts));
    }

    [Fact]
    public void A_command_before_a_handler_that_it_must_wait_for_is_found()
    {
        _events.Command();
        Assert.Empty(_findings.Texts);
        _events.Persist(4, blocks: true, written: true);
        _events.Command();
        Assert.Contains("before the handlers", Assert.Single(_findings.Texts));
    }

    private IReadOnlyCollection<string> After(params long[] replayed)
    {
        _events.Restart();
        foreach (var one in replayed)
            _events.Replay(one);
        _events.Recovered(snapshot: 0);
        return _findings.Texts;
    }
}
