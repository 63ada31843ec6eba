using Akka.Actor;
using Xunit;

namespace Akka.Embedded.Tests.Actor;

/// <summary>Measures the memory of the process, so that nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(LeanActorSpecs), DisableParallelization = true)]
[Collection(nameof(LeanActorSpecs))]
public sealed class LeanActorSpecs : AkkaSpec
{
    [Fact]
    public void An_idle_actor_takes_well_under_two_kilobytes()
    {
        const int count = 20_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var parent = Sys.ActorOf(Props.Create(() => new Parent(count)));
        parent.Tell("all there?", TestActor);
        ExpectMsg(count);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        Assert.InRange(each, 0, 2000);
        GC.KeepAlive(parent);
    }

    private sealed class Parent : ReceiveActor
    {
        private int _answers;

        public Parent(int count)
        {
            var asker = ActorRefs.NoSender;
            for (var i = 0; i < count; i++)
                Context.ActorOf(Props.Create<Idle>());
            Receive<string>(text =>
            {
                asker = Sender;
                foreach (var child in Context.GetChildren())
                    child.Tell(text);
            });
            Receive<int>(_ =>
            {
                if (++_answers == count)
                    asker.Tell(count);
            });
        }
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(1);
    }
}
