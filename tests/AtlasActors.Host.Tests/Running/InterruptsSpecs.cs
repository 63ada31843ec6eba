using AtlasActors.Host.Running;
using Xunit;

namespace AtlasActors.Host.Tests.Running;

public sealed class InterruptsSpecs
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Before_a_command_can_stop_cleanly_a_signal_ends_the_program()
    {
        using var interrupts = new Interrupts(() => _seen.Add("ended"));
        interrupts.Signal();
        Assert.Equal(["ended"], _seen);
        Assert.False(interrupts.Requested.IsCancellationRequested);
    }

    [Fact]
    public void After_that_the_first_only_asks_and_the_second_ends_it_with_the_terminal_put_right()
    {
        using var interrupts = new Interrupts(() => _seen.Add("ended"));
        interrupts.BeforeExit(() => _seen.Add("restored"));
        var asked = interrupts.Claim();
        interrupts.Signal();
        Assert.True(asked.IsCancellationRequested);
        Assert.Empty(_seen);
        interrupts.Signal();
        Assert.Equal(["restored", "ended"], _seen);
    }

    [Fact]
    public void A_second_signal_is_heard_while_what_the_first_began_still_runs()
    {
        using var interrupts = new Interrupts(() => _seen.Add("ended"));
        using var release = new ManualResetEventSlim();
        using var blocking = interrupts.Claim().Register(release.Wait);
        interrupts.Signal();
        interrupts.Signal();
        release.Set();
        Assert.Equal(["ended"], _seen);
    }
}
