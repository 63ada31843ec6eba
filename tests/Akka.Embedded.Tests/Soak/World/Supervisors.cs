using Akka.Actor;
using Akka.Embedded.Tests.Soak.Books;

namespace Akka.Embedded.Tests.Soak.World;

/// <summary>Decides as the failure asks for, and writes down what must come of it.</summary>
internal sealed class Judge(Epoch epoch, CellRecord supervisor, Chance chance)
{
    public Directive Decide(IActorRef childRef, Exception fault)
    {
        var failure = SoakFailure.In(fault);
        var directive = failure?.Wish ?? chance.Directive();
        // Where no instance has started there is none that could go on; and nothing is above the ground but the end.
        if (directive == Directive.Resume && fault is ActorInitializationException)
            directive = Directive.Restart;
        if (directive == Directive.Escalate && supervisor.Parent is null)
            directive = Directive.Restart;
        epoch.Tally.Count(directive);
        if (epoch.Find(childRef) is { } child)
            WriteDown(child, directive);
        if (directive == Directive.Escalate && failure is not null)
            supervisor.Escalate(failure);
        else
            failure?.Decided();
        return directive;
    }

    private void WriteDown(CellRecord child, Directive directive)
    {
        var plan = supervisor.Supervision;
        if (directive is not (Directive.Restart or Directive.Stop))
            return;
        foreach (var one in plan.AllForOne ? supervisor.LiveChildren : [child])
        {
            if (directive == Directive.Restart)
                one.MustOutlive(one.Instance);
            else
                one.MustEnd();
        }

        if (directive == Directive.Restart && plan.CountsExactly)
            child.AskRestart(plan.Retries);
    }
}

internal sealed class WatchedOneForOne(Judge judge, Supervision plan)
    : OneForOneStrategy(plan.Retries, plan.WindowMilliseconds, _ => Directive.Restart, loggingEnabled: false)
{
    protected override Directive Handle(IActorRef child, Exception exception) => judge.Decide(child, exception);
}

internal sealed class WatchedAllForOne(Judge judge, Supervision plan)
    : AllForOneStrategy(plan.Retries, plan.WindowMilliseconds, _ => Directive.Restart, loggingEnabled: false)
{
    protected override Directive Handle(IActorRef child, Exception exception) => judge.Decide(child, exception);
}
