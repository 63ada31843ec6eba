using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;
using Xunit;

namespace Akka.Embedded.Tests.Soak;

/// <summary>The books find actors that live by other rules.</summary>
public sealed class BrokenLifeSpecs
{
    private static readonly Supervision s_plain = new(AllForOne: false, -1, -1);

    private readonly Findings _findings = new();
    private readonly SoakFailure _failure = new(1, Directive.Restart);

    [Fact]
    public void A_life_by_the_rules_gives_no_finding()
    {
        var cell = Started();
        cell.Begin(1, "a");
        cell.Fail("a", _failure);
        _failure.Decided();
        cell.PreRestart(1, _failure, "a", keepsChildren: false);
        cell.Make();
        cell.Start(2, _failure);
        cell.Begin(2, "b");
        cell.Finish("b");
        cell.PostStop(2);
        Assert.Null(cell.End());
        Assert.Empty(_findings.Texts);
    }

    [Fact]
    public void Two_handlers_at_once_are_found()
    {
        var cell = Started();
        cell.Begin(1, "a");
        cell.Begin(1, "b");
        Found("while it handled a");
    }

    [Fact]
    public void A_message_before_the_decision_on_a_failure_is_found()
    {
        var cell = Started();
        cell.Begin(1, "a");
        cell.Fail("a", _failure);
        cell.Begin(1, "b");
        Found("before its supervisor had decided");
    }

    [Fact]
    public void A_message_to_an_instance_that_is_gone_is_found()
    {
        var cell = Started();
        cell.PreRestart(1, _failure, null, keepsChildren: true);
        cell.Begin(1, "a");
        Found("while instance 1 was Restarting");
    }

    [Fact]
    public void A_restart_that_is_told_another_message_is_found()
    {
        var cell = Started();
        cell.Begin(1, "a");
        cell.Fail("a", _failure);
        cell.PreRestart(1, _failure, "b", keepsChildren: true);
        Found("failed on a");
    }

    [Fact]
    public void A_new_instance_that_is_told_another_cause_is_found()
    {
        var cell = Started();
        cell.PreRestart(1, _failure, null, keepsChildren: true);
        cell.Make();
        cell.Start(2, new SoakFailure(2, Directive.Restart));
        Found("PostRestart was told failure 2");
    }

    [Fact]
    public void A_second_PostStop_and_none_are_found()
    {
        var twice = Started();
        twice.PostStop(1);
        twice.PostStop(1);
        Found("PostStop");
        Started().End();
        Assert.Equal(2, _findings.Count);
    }

    [Fact]
    public void A_child_that_outlives_its_parent_is_found()
    {
        var parent = Started();
        Start(new CellRecord(2, parent, s_plain, _findings));
        parent.PostStop(1);
        Found("before its child 2");
    }

    [Fact]
    public void A_restart_before_the_stopped_children_are_gone_is_found()
    {
        var parent = Started();
        Start(new CellRecord(2, parent, s_plain, _findings));
        parent.PreRestart(1, _failure, null, keepsChildren: false);
        parent.Make();
        Found("while its stopped child 2");
    }

    [Fact]
    public void What_an_actor_still_owes_keeps_it_from_being_quiet()
    {
        Assert.Null(Started().Unrest(_ => false));
        Assert.Equal("has not ended as it must", Owing(cell => cell.MustEnd()));
        Assert.Equal("has not ended as it must", Owing(cell => cell.AskRestart(allowed: 0)));
        Assert.Equal("was not restarted as it must be", Owing(cell => cell.MustOutlive(1)));
        Assert.Equal("has a timer that never ticked", Owing(cell => cell.StartTimer(1, 1, periodic: false)));
        Assert.Equal("was never told of its silence", Owing(cell => cell.ExpectTimeout(on: true)));
        Assert.Equal("still has a stash", Owing(cell => cell.Stash("a")));
        Assert.Equal("was not told of an end", Owing(cell => cell.Watch(3)));
        Assert.Equal("awaits its supervisor's decision", Owing(cell => cell.Escalate(_failure)));
    }

    private static void Start(CellRecord cell) => cell.Start(cell.Make(), null);

    private string? Owing(Action<CellRecord> debt)
    {
        var cell = Started();
        debt(cell);
        return cell.Unrest(_ => true);
    }

    private CellRecord Started()
    {
        var cell = new CellRecord(1, null, s_plain, _findings);
        Start(cell);
        return cell;
    }

    private void Found(string words) => Assert.Contains(words, Assert.Single(_findings.Texts));
}
