using Akka.Actor;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Runs within the time: the expectations inside have what is left of it.</summary>
    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(
            min, max,
            () =>
            {
                action();
                return true;
            },
            hint, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var frame = Begin(min, max, epsilonValue);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = frame.OuterEnd;
        }

        Finish(frame, hint);
        return result;
    }

    public Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public async Task WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var frame = Begin(min, max, epsilonValue);
        try
        {
            await actionAsync();
        }
        finally
        {
            _end = frame.OuterEnd;
        }

        Finish(frame, hint);
    }

    /// <summary>An actor that is the test actor's child.</summary>
    public IActorRef ChildActorOf(Props props, string? name, CancellationToken cancellationToken = default) =>
        Blocking(new ValueTask<IActorRef>(ChildActorOfAsync(props, name, cancellationToken)));

    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOf(props, null, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(
        Props props, string? name, CancellationToken cancellationToken = default) =>
        _testActor.Ask<IActorRef>(new TestActor.Spawn(props, name), RemainingOrDefault, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, null, cancellationToken);

    private Frame Begin(TimeSpan min, TimeSpan max, TimeSpan? epsilon)
    {
        var limit = Dilated(max);
        var outer = _end;
        var start = Now;
        var left = outer is { } end ? NotNegative(end - start) : TimeSpan.MaxValue;
        _assertions.AssertTrue(
            left >= min, "Failed: Required min time {0} not possible, only {1} left.", min, left);
        _lastWasNoMsg = false;
        _end = start + (limit < left ? limit : left);
        return new Frame(outer, start, min, limit < left ? limit : left, epsilon ?? TimeSpan.Zero);
    }

    private void Finish(Frame frame, string? hint)
    {
        var took = Now - frame.Start;
        _assertions.AssertTrue(
            took >= frame.Min, "Failed: Block took {0}, should have at least been {1}. {2}", took, frame.Min, hint);
        // What waited for silence has used up its time on purpose.
        _assertions.AssertTrue(
            _lastWasNoMsg || took <= frame.Max + frame.Epsilon, "Failed: Block took {0}, exceeding {1}. {2}", took,
            frame.Max, hint);
    }

    private readonly record struct Frame(
        TimeSpan? OuterEnd, TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan Epsilon);
}
