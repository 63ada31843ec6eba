using Akka.Embedded.Tests.Soak.Books;
using Xunit;

namespace Akka.Embedded.Tests.Soak;

/// <summary>The books find what is wrong: each of these histories could come of a broken actor system.</summary>
public sealed class BrokenHistorySpecs
{
    private readonly Findings _findings = new();

    [Fact]
    public void A_message_that_never_ends_is_lost()
    {
        var messages = new MessageBook(_findings);
        var settled = messages.Send(7);
        var lost = messages.Send(7);
        messages.Settle(settled, End.Handled);
        Assert.Equal((lost, 7), Assert.Single(messages.Close()));
    }

    [Fact]
    public void A_message_that_was_withdrawn_need_not_end()
    {
        var messages = new MessageBook(_findings);
        messages.Withdraw(messages.Send(7));
        Assert.Empty(messages.Close());
        Assert.Equal(1, messages.Count(End.Withdrawn));
    }

    [Fact]
    public void A_message_that_ends_twice_is_found()
    {
        var messages = new MessageBook(_findings);
        var id = messages.Send(7);
        messages.Settle(id, End.Handled);
        messages.Settle(id, End.DeadLetter);
        Found("ended a second time");
    }

    [Fact]
    public void A_message_that_nobody_sent_is_found()
    {
        new MessageBook(_findings).Settle(1, End.Handled);
        Found("was never sent");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_message_that_is_shown_again_or_overtakes_another_of_its_sender_is_found(long number)
    {
        var deliveries = new Deliveries(_findings.Report);
        deliveries.Show("first", lane: 5, number: 1);
        deliveries.Show("of another", lane: 6, number: 1);
        Assert.Equal(0, _findings.Count);
        deliveries.Show("instead of the second", lane: 5, number);
        Found("was shown number");
    }

    [Fact]
    public void What_comes_before_the_unstashed_is_found()
    {
        var deliveries = new Deliveries(_findings.Report);
        deliveries.Show("a", 5, 1);
        deliveries.Stash("a");
        deliveries.UnstashAll();
        deliveries.Show("b", 5, 2);
        Found("next out of the stash");
    }

    [Fact]
    public void Unstashed_messages_in_another_order_are_found()
    {
        var (a, b) = ("a", "b");
        var deliveries = new Deliveries(_findings.Report);
        deliveries.Stash(a);
        deliveries.Stash(b);
        deliveries.UnstashAll();
        Assert.True(deliveries.Show(b, 5, 2));
        Found("next out of the stash");
    }

    [Fact]
    public void A_second_Terminated_is_found()
    {
        var watches = new Watches(_findings.Report);
        watches.Watch(3);
        watches.Ended(3, subjectRuns: false);
        Assert.Equal(0, _findings.Count);
        watches.Ended(3, subjectRuns: false);
        Found("a second time");
    }

    [Fact]
    public void A_Terminated_after_unwatching_is_found()
    {
        var watches = new Watches(_findings.Report);
        watches.Watch(3);
        watches.Unwatch(3);
        watches.Ended(3, subjectRuns: false);
        Found("unasked");
    }

    [Fact]
    public void A_Terminated_before_the_last_message_is_found()
    {
        var watches = new Watches(_findings.Report);
        watches.Watch(3);
        watches.Ended(3, subjectRuns: true);
        Found("still runs");
    }

    [Fact]
    public void A_tick_of_a_timer_that_was_cancelled_replaced_or_is_over_is_found()
    {
        var timers = new Timers(_findings.Report);
        timers.Start(1, timer: 10, periodic: false);
        timers.Start(1, timer: 11, periodic: false);
        timers.Tick(1, 11);
        Assert.Equal(0, _findings.Count);
        timers.Tick(1, 10);
        timers.Tick(1, 11);
        timers.Start(2, timer: 12, periodic: true);
        timers.CancelAll();
        timers.Tick(2, 12);
        Assert.Equal(3, _findings.Count);
    }

    private void Found(string words) => Assert.Contains(words, Assert.Single(_findings.Texts));
}
