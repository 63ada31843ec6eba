using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Keeps the test actor the sender of what the test sends, also after an <c>await</c>.</summary>
internal sealed class TestContext(ActorCell? cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) =>
        ThreadPool.QueueUserWorkItem(_ => Run(d, state), null);

    public override void Send(SendOrPostCallback d, object? state)
    {
        using var done = new ManualResetEventSlim();
        Exception? thrown = null;
        Post(
            _ =>
            {
                try
                {
                    d(state);
                }
                catch (Exception fault)
                {
                    thrown = fault;
                }
                finally
                {
                    done.Set();
                }
            },
            null);
        done.Wait();
        if (thrown is not null)
            throw new InvalidOperationException("What was sent to the test's context failed.", thrown);
    }

    private void Run(SendOrPostCallback d, object? state)
    {
        var previousCell = ActorCell.Enter(cell);
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(previous);
            ActorCell.Leave(previousCell);
        }
    }
}
